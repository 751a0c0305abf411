"""When a line goes on in the next one: sentences that a page width, a scraper or an editor broke.

Three signs: the punctuation at the break, a bracket that only the next line closes, and, in a text set to a fixed width, a
line that is as long as lines get.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from corpus.numbering import Kind

if TYPE_CHECKING:
    from corpus.lines import Line

_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)〉》】\]*]*\Z")
_GOES_ON = "，、,—－＋+（(《〈“「[〔"
_NEVER_FIRST = "，。、；：！？）〕】》〉”’」』％%,;"
_CLOSER = {
    "（": "）)",
    "(": "）)",
    "〔": "〕]",
    "[": "〕]",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "「": "」",
    "『": "』",
}
_BRACKETS = re.compile(r"[（(〔\[【《〈“「『）)〕\]】》〉”」』]")
_PAGE_NUMBER = re.compile(r"(?:[-—–－·~]\s*\d{1,4}\s*[-—–－·~]|第\s*\d{1,4}\s*页(?:\s*[共/]\s*\d{1,4}\s*页)?)")
_BARE_PAGE_NUMBER = re.compile(rf"{_PAGE_NUMBER.pattern}|\d{{1,3}}")
_NARROWEST = 30


class Wrapping:
    """How one document breaks its lines."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._width = _set_width(text, lines)
        self._indents = sum(line.indented for line in lines) * 5 > len(lines)

    def goes_on(self, first: Line, line: Line, following: Sequence[Line]) -> int:
        """How many of the lines that follow belong to the same paragraph as `line`; `first` began the paragraph."""
        after = following[0]
        if line.table or after.table or after.hashes:
            return 0
        if self._is_page_number(after):
            return (
                0 if self._ended(line) or len(following) < 2 else 2 * bool(self._runs_into(first, line, following[1]))
            )
        return int(self._runs_into(first, line, after)) or self._to_closing_bracket(line, following)

    def _runs_into(self, first: Line, line: Line, after: Line) -> bool:
        text = self._text
        bare_number = first is line and line.marker is not None and line.marker.body >= line.end
        if after.marker is not None:
            return (
                self._full(line, first)
                and not bare_number
                and not self._ended(line)
                and after.marker.kind is not Kind.DASH
            )
        if bare_number:
            return line.marker is not None and line.marker.value > 0
        if text[after.head] in _NEVER_FIRST or text[line.end - 1] in _GOES_ON:
            return not line.hashes
        if after.after_blank or not self._full(line, first) or after.indented:
            return False
        return not self._ended(line) or self._indents

    def _to_closing_bracket(self, line: Line, following: Sequence[Line]) -> int:
        opened = _unclosed(self._text, line.start, line.end)
        if not opened:
            return 0
        for count, after in enumerate(following, 1):
            if after.marker is not None or after.table or after.hashes or after.after_blank:
                return 0
            if _closes(self._text, after.start, after.end, opened):
                return count
        return 0

    def _full(self, line: Line, first: Line) -> bool:
        """Whether the line fills the width; the first of a paragraph may have lost its indent of two characters."""
        if self._width is None:
            return False
        begin = self._text.rfind("\n", line.start, line.end) + 1 or line.start
        return _width(self._text, begin, line.end) >= self._width - (9 if first is line else 5)

    def _ended(self, line: Line) -> bool:
        return _SENTENCE_END.search(self._text, max(line.start, line.end - 6), line.end) is not None

    def _is_page_number(self, line: Line) -> bool:
        pattern = _PAGE_NUMBER if self._width is None else _BARE_PAGE_NUMBER
        return line.table is None and pattern.fullmatch(self._text, line.start, line.end) is not None


def _width(text: str, start: int, end: int) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text[start:end])


def _set_width(text: str, lines: Sequence[Line]) -> int | None:
    """The width to which the text is set: nearly all lines are shorter, and most broken ones are about as long."""
    measured = [(_width(text, max(line.start, line.end - 400), line.end), line) for line in lines if not line.table]
    broken = [
        width
        for width, line in measured
        if width >= _NARROWEST and not _SENTENCE_END.search(text, max(line.start, line.end - 6), line.end)
    ]
    if len(broken) < 5:
        return None
    counts = Counter(broken)
    width = max(counts, key=lambda w: (sum(counts[w - near] for near in range(5)), w))
    alike = sum(counts[width - near] for near in range(-2, 5))
    longer = sum(measure > width + 4 for measure, _ in measured)
    return width if alike * 2 >= len(broken) and longer * 50 <= len(measured) else None


def _unclosed(text: str, start: int, end: int) -> list[str]:
    opened: list[str] = []
    for match in _BRACKETS.finditer(text, start, end):
        char = match[0]
        if char in _CLOSER:
            opened.append(char)
        elif opened and char in _CLOSER[opened[-1]]:
            opened.pop()
    return opened


def _closes(text: str, start: int, end: int, opened: Sequence[str]) -> bool:
    """Whether the span closes one of the brackets that were open before it."""
    depth: Counter[str] = Counter()
    for match in _BRACKETS.finditer(text, start, end):
        char = match[0]
        if char in _CLOSER:
            depth[_CLOSER[char]] += 1
            continue
        closers = next(closers for closers in _CLOSER.values() if char in closers)
        if depth[closers]:
            depth[closers] -= 1
        elif any(char in _CLOSER[opener] for opener in opened):
            return True
    return False
