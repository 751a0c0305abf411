"""The outline: numbered lines nested by their kind and sequence, plain lines under the number that they follow.

Nesting is dynamic. A number of a kind that is already open continues or restarts there; a new kind goes below the open
ones of higher rank, or directly below a line that ends with a colon. So numbering may run on across headings (1 to 44
under several `一、`), restart in an attachment, or leave out levels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from corpus.elements import Element
from corpus.lines import Line
from corpus.model import Table
from corpus.numbering import Kind, Marker


@dataclass(slots=True, eq=False)
class Section:
    """Heads (a number's line; all lines of a title) with what belongs to them, in document order. The root has none."""

    heads: list[Line]
    rank: float
    items: list[Section | Line | Table] = field(default_factory=list)

    @property
    def marker(self) -> Marker | None:
        return self.heads[0].marker if self.heads else None

    @property
    def is_leaf(self) -> bool:
        return all(isinstance(item, Line) for item in self.items)

    def sections(self) -> list[Section]:
        return [item for item in self.items if isinstance(item, Section)]


@dataclass(frozen=True, slots=True)
class Outline:
    """The root section, and the lines of the document's frame, which only title or date what follows."""

    root: Section
    frame: tuple[Line, ...]


_ATTACHMENT, _TITLE, _HASHES, _CAPTION = 1.0, 2.0, 3.0, 95.0
_DEEPEST = 12
_FIXED = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.IDEOGRAPH)
_BARE = re.compile(r"[^。；，：！？,;:!?|\n]{2,40}")
_SENTENCE = re.compile("[。；]")


def outline_of(text: str, lines: Sequence[Line], elements: Sequence[Element], own_title: Collection[int]) -> Outline:
    """Nests the lines. Those at the indexes `own_title` title the document and stay out of its clauses' paths."""
    builder = _Builder(text, lines, elements, own_title)
    for index in range(len(lines)):
        builder.add(index)
    return Outline(builder.root, tuple(builder.frame))


class _Builder:
    def __init__(
        self, text: str, lines: Sequence[Line], elements: Sequence[Element], own_title: Collection[int]
    ) -> None:
        self._text, self._lines, self._elements, self._own_title = text, lines, elements, own_title
        self._numberless = sum(line.marker is not None for line in lines) < 2
        self._begun = False
        self._introduced = False
        self.root = Section([], 0.0)
        self.frame: list[Line] = []
        self._open = [self.root]

    def add(self, index: int) -> None:
        line, element = self._lines[index], self._elements[index]
        if element is Element.BODY:
            self._add_body(index, line)
            self._begun, self._introduced = True, self._text[line.end - 1] in "：:"
        elif element is Element.ATTACHMENT:
            self._push(Section([line], _ATTACHMENT))
        elif element is Element.TITLE and self._begun and index not in self._own_title:
            self._add_title(index, line)
        else:
            self.frame.append(line)
            if element in (Element.SIGNATURE, Element.DATE, Element.TITLE):
                del self._open[1:]

    def _add_body(self, index: int, line: Line) -> None:
        if line.table is not None:
            self._open[-1].items.append(line.table)
        elif line.marker is not None:
            del self._open[self._depth(line.marker) :]
            self._push(Section([line], line.marker.rank))
        elif (rank := self._bare_rank(index, line)) is not None:
            self._push(Section([line], rank))
        else:
            self._open[-1].items.append(line)

    def _add_title(self, index: int, line: Line) -> None:
        top = self._open[-1]
        if top.rank in (_ATTACHMENT, _TITLE) and not top.items and top.heads[-1] is self._lines[index - 1]:
            top.heads.append(line)
        else:
            self._push(Section([line], _TITLE))

    def _push(self, section: Section) -> None:
        while section.marker is None and len(self._open) > 1 and self._open[-1].rank >= section.rank:
            self._open.pop()
        self._open[-1].items.append(section)
        self._open.append(section)

    def _depth(self, marker: Marker) -> int:
        """How many of the open sections stay open above the number."""
        same = [
            depth for depth, section in enumerate(self._open) if section.marker and section.marker.key == marker.key
        ]
        for depth in reversed(same):
            above = self._open[depth].marker
            if above is not None and above.value + 1 == marker.value:
                return depth
        if (
            self._introduced
            and len(self._open) < _DEEPEST
            and marker.value <= 1
            and marker.kind not in _FIXED
            and not (same and not marker.value)
        ):
            return len(self._open)
        if same:
            return same[-1]
        return next((d for d, section in enumerate(self._open) if d and section.rank >= marker.rank), len(self._open))

    def _bare_rank(self, index: int, line: Line) -> float | None:
        """The rank of a heading without a number, None for a paragraph: what follows tells a heading from a short line."""
        if line.hashes:
            return _HASHES + line.hashes / 10
        following = self._lines[index + 1] if index + 1 < len(self._lines) else None
        if following is None or self._elements[index + 1] is not Element.BODY or self._introduced:
            return None
        if not _BARE.fullmatch(line.words(self._text)):
            return None
        if following.table is not None:
            return _CAPTION
        if following.marker is not None:
            return self._rank_above(following.marker)
        sentence = _SENTENCE.search(self._text, following.start, following.end)
        return float(Kind.SECTION) if self._numberless and sentence else None

    def _rank_above(self, marker: Marker) -> float | None:
        if marker.kind is Kind.ARTICLE:
            return float(Kind.CHAPTER)
        return marker.rank - 0.5 if marker.value == 1 else None
