"""The formal elements around the body of an official document, and which lines they are.

    document = front part* ;  part = title? salutation? body signature? note* attachments?
    front = title | 发文字号 | metadata | adoption (2016年12月27日…通过) | note (此件公开发布)

`elements_of` walks the lines once and knows where it stands: at the front, in the body, or after a signature, where the
next title may follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.contents import contents_of
from corpus.elements import Element
from corpus.formulas import (
    ADDRESSEE,
    ADOPTION,
    ATTACHMENT,
    COMPLETE_TITLE,
    CONTACT,
    COPIES,
    DATE,
    DOC_NUMBER,
    METADATA,
    NO_ADDRESSEE,
    NOTE,
    ORGANISATION,
    PERSON,
    PRINTED,
)
from corpus.lines import Line

_SPACES = re.compile(r"\s+")
_TITLE_STOP = re.compile(
    r"[。！？!?；;]|[，,](?!.*(?:通知|意见|办法|方案|措施|规定|报告|决定|公告|条例)(?:（.*）)?$)|[：:]$|[、，]$|^[^：:《]{1,12}[：:]"
)
_LONGEST_TITLE = 90
_LONGEST_FRONT = 16


def elements_of(text: str, lines: Sequence[Line]) -> list[Element]:
    """Which element every line is; what is not part of the frame is BODY."""
    return _Walk(text, lines).elements()


class _Walk:
    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text, self._lines = text, lines
        self._words = [
            line.words(text) if line.end - line.start < 600 else text[line.start : line.end] for line in lines
        ]
        self._contents = contents_of(lines, self._words)
        self._open = True  # a title may stand here: at the front, or after a signature
        self._titles = 0
        self._elements: list[Element] = []

    def elements(self) -> list[Element]:
        while len(self._elements) < len(self._lines):
            index = len(self._elements)
            element = self._element(index)
            self._elements.append(element)
            self._note(index, element)
        return self._elements

    def _note(self, index: int, element: Element) -> None:
        """What the line means for the lines around it."""
        if element in (Element.DATE, Element.SIGNATURE) and not self._open:
            self._sign_above(index)
        if element in (Element.BODY, Element.SALUTATION, Element.CONTENTS):
            self._open = False
        elif element in (Element.DATE, Element.SIGNATURE, Element.NOTE, Element.ATTACHMENT, Element.METADATA):
            self._open, self._titles = True, self._titles if element in (Element.NOTE, Element.METADATA) else 0
        self._titles = self._titles + 1 if element is Element.TITLE else self._titles

    def _element(self, index: int) -> Element:
        line, words = self._lines[index], self._words[index]
        if index in self._contents:
            return Element.CONTENTS
        if line.table or len(words) > 400:
            return Element.BODY
        if element := self._attachment(index):
            return element
        if line.marker is not None:
            return Element.BODY
        if not words:
            return Element.NOTE
        if not line.hashes and (element := self._formal(index, _SPACES.sub("", words))):
            return element
        return Element.TITLE if self._open and self._is_title(index) else Element.BODY

    def _formal(self, index: int, compact: str) -> Element | None:
        if DATE.fullmatch(compact) or (
            (found := DATE.search(compact))
            and found.end() == len(compact)
            and ORGANISATION.fullmatch(compact[: found.start()])
        ):
            return Element.DATE
        if NOTE.fullmatch(compact) or self._copied(index) or (self._open and PERSON.fullmatch(self._words[index])):
            return Element.NOTE
        if self._is_metadata(index, compact):
            return Element.METADATA
        if not self._open:
            return Element.SIGNATURE if self._is_signature(index) else None
        if CONTACT.fullmatch(compact):
            return Element.NOTE
        if index and self._names(index) and self._signs_on(index - 1):
            return Element.SIGNATURE
        if DOC_NUMBER.fullmatch(compact):
            return Element.DOC_NUMBER
        if ADOPTION.fullmatch(compact) and not compact.endswith("。"):
            return Element.ADOPTION
        if ADDRESSEE.fullmatch(compact) and not NO_ADDRESSEE.search(compact):
            return Element.SALUTATION
        return None

    def _is_metadata(self, index: int, compact: str) -> bool:
        """`发文机关：…`, or the value on the line below a label that stands alone."""
        found = METADATA.match(compact)
        if found and found["open"]:
            return True
        if found and re.match(r".{0,12}[:：]", compact):
            return self._open or index < _LONGEST_FRONT
        above = self._words[index - 1] if index and self._elements[-1] is Element.METADATA else ""
        return (
            above.endswith(("：", ":"))
            and not ("主" in above and "关于" in compact)
            and not ADDRESSEE.fullmatch(compact)
        )

    def _copied(self, index: int) -> bool:
        """Whether the line still names who gets a copy, or who printed it: the imprint below 抄送."""
        above = index - 1
        while above >= 0 and self._elements[above] is Element.NOTE and not COPIES.match(self._words[above]):
            above -= 1
        listed = above >= 0 and self._elements[above] is Element.NOTE and not self._lines[index].after_blank
        return bool(PRINTED.search(self._words[index])) or (listed and len(self._words[index]) < 120)

    def _is_title(self, index: int) -> bool:
        line, words = self._lines[index], self._words[index]
        if line.hashes == 1 and len(words) <= _LONGEST_TITLE:
            return True
        if line.hashes > 1 or len(words) > _LONGEST_TITLE or self._titles >= _LONGEST_FRONT:
            return False
        return _TITLE_STOP.search(words) is None and re.search(r"\w", words) is not None

    def _is_signature(self, index: int) -> bool:
        """A body's name that no sentence follows: a date, a note, another name or the end comes next."""
        if not self._names(index):
            return False
        for later in range(index + 1, min(index + 8, len(self._lines))):
            compact = _SPACES.sub("", self._words[later])
            if DATE.fullmatch(compact) or NOTE.fullmatch(compact):
                return True
            if not self._names(later):
                return False
        return index + 8 >= len(self._lines)

    def _signs_on(self, above: int) -> bool:
        """Whether names below this line sign: it is a name that signs, or a whole title."""
        element = self._elements[above]
        return element is Element.SIGNATURE or (
            element is Element.TITLE and COMPLETE_TITLE.search(self._words[above]) is not None
        )

    def _names(self, index: int) -> bool:
        line, words = self._lines[index], self._words[index]
        if line.marker or line.table or line.hashes or len(words) > 120:
            return False
        return all(ORGANISATION.fullmatch(_SPACES.sub("", part)) for part in re.split(r"\s{2,}|\s", words))

    def _sign_above(self, index: int) -> None:
        """The short lines right above a date are the signature."""
        for above in range(index - 1, max(index - 5, -1), -1):
            line, words = self._lines[above], self._words[above]
            if (
                self._elements[above] is not Element.BODY
                or line.marker
                or line.table
                or len(words) > 40
                or re.search("[。；：，！？]", words)
            ):
                return
            self._elements[above] = Element.SIGNATURE

    def _attachment(self, index: int) -> Element | None:
        words = self._words[index]
        if index and self._elements[-1] is Element.ATTACHMENT_LIST and self._lists(index):
            return Element.ATTACHMENT_LIST
        found = ATTACHMENT.fullmatch(words) if words.startswith("附") else None
        if found is None or len(words) > 120 or re.search("[。；]", words):
            return None
        rest = found["rest"]
        if not found["colon"]:
            bounded = not rest or rest[0].isspace() or not rest.strip()
            return (
                Element.ATTACHMENT
                if bounded or (len(words) > 2 and words[2].isdigit() and rest[:1] not in "-~—至和、")
                else None
            )
        return Element.ATTACHMENT_LIST if rest.strip() and self._announces(index) else Element.ATTACHMENT

    def _announces(self, index: int) -> bool:
        """`附件：…` names what is attached where the body has not yet been signed, or nothing of it follows."""
        following = self._words[index + 1 : index + 10]
        return (
            not following
            or any(DATE.fullmatch(_SPACES.sub("", words)) for words in following)
            or self._lists(index + 1)
        )

    def _lists(self, index: int) -> bool:
        line, words = self._lines[index], self._words[index]
        if line.table or len(words) > 90 or re.search("[。；]", words):
            return False
        return line.marker is not None and line.marker.value > 1 and not line.after_blank
