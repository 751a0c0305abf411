"""Lines as a reader sees them: broken sentences mended, whole documents on one line taken apart.

A `Line` is a stretch of the text that may hold several physical lines. Lines never overlap, and together they hold every
character that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.flat import cuts, missing
from corpus.model import Table
from corpus.numbering import Marker, markers_at, settled
from corpus.wrapping import Wrapping


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end`, no white space at either end.

    `head` is where the words start after Markdown ornaments (`## `, `**`); `hashes` counts the `#`. `indented` and
    `after_blank` say how it was set. `table` is the table that begins here and fills the line.
    """

    start: int
    end: int
    head: int
    hashes: int = 0
    indented: bool = False
    after_blank: bool = False
    marker: Marker | None = None
    table: Table | None = None

    def words(self, text: str) -> str:
        """The line less its ornaments and what has no width, line breaks as one space."""
        parts = _INVISIBLE.sub("", text[self.head : self.end]).rstrip("*#").splitlines()
        return " ".join(part.strip() for part in parts).strip()


_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_PHYSICAL = re.compile(r"[^\n]+")
_ORNAMENT = re.compile(r"(#{1,6})[^\S\n]+|\*{2,3}(?=\S)|>[^\S\n]*|[-*+][^\S\n]+(?=[第（(\d一二三四五六七八九十*])")


def lines_of(text: str, tables: Sequence[Table]) -> list[Line]:
    """The document's lines in order, numbers recognised, broken sentences joined, each table one line."""
    lines = _numbered(text, list(_pieces(text, tables)))
    lines = _numbered(text, list(_joined(text, lines)))
    restored = list(_restored(text, lines))
    return lines if len(restored) == len(lines) else _numbered(text, restored)


def _pieces(text: str, tables: Sequence[Table]) -> Iterator[Line]:
    position = 0
    for table in tables:
        yield from _physical(text, position, table.start)
        yield Line(table.start, table.end, table.start, table=table)
        position = table.end
    yield from _physical(text, position, len(text))


def _physical(text: str, start: int, end: int) -> Iterator[Line]:
    last = start
    for match in _PHYSICAL.finditer(text, start, end):
        first, stop = _trimmed(text, match.start(), match.end())
        if first == stop:
            continue
        blank = text.count("\n", last, first) > 1
        yield from _cut(text, first, stop, cuts(text, first, stop), indented=first > match.start(), after_blank=blank)
        last = stop


def _cut(
    text: str, start: int, end: int, places: Sequence[int], *, indented: bool, after_blank: bool
) -> Iterator[Line]:
    bounds = [start, *places, end]
    for first, stop in pairwise(bounds):
        first, stop = _trimmed(text, first, stop)
        if first < stop:
            head, hashes = _after_ornaments(text, first, stop)
            yield Line(first, stop, head, hashes, indented and first == start, after_blank and first == start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    kept = text[start:end]
    start += len(kept) - len(kept.lstrip())
    return start, max(start, end - (len(kept) - len(kept.rstrip())))


def _after_ornaments(text: str, start: int, end: int) -> tuple[int, int]:
    head, hashes = start, 0
    while (match := _ORNAMENT.match(text, head, end)) and match.end() < end:
        hashes = hashes or len(match[1] or "")
        head = match.end()
    while head < end - 1 and _INVISIBLE.match(text[head]):
        head += 1
    return head, hashes


def _numbered(text: str, lines: Sequence[Line]) -> list[Line]:
    readings = [() if line.table else tuple(markers_at(text, line.head, line.end)) for line in lines]
    return [replace(line, marker=marker) for line, marker in zip(lines, settled(readings), strict=True)]


def _joined(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    wrapping = Wrapping(text, lines)
    index = 0
    while index < len(lines):
        line, end = lines[index], index
        while end + 1 < len(lines) and (reach := wrapping.goes_on(line, lines[end], lines[end + 1 : end + 8])):
            end += reach
        yield replace(line, end=lines[end].end) if end > index else line
        index = end + 1


def _restored(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Lines cut where a number that the sequence lacks stands inside them (`1.` and `2.` on one line, then `3.`)."""
    latest: dict[tuple[int, int, str], int] = {}
    places: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if (marker := line.marker) is None or not marker.value:
            continue
        key = (*marker.key, marker.prefix)
        origin = latest.get(key)
        before = lines[origin].marker if origin is not None else None
        if origin is not None and before is not None and 1 < marker.value - before.value <= 6:
            for place in missing(text, before.body, line.start, before, marker):
                holder = next((i for i in range(origin, index) if lines[i].start <= place < lines[i].end), origin)
                places.setdefault(holder, []).append(place)
        latest[key] = index
    for index, line in enumerate(lines):
        if index in places:
            cut = sorted(set(places[index]) - {line.start})
            yield from _cut(text, line.start, line.end, cut, indented=line.indented, after_blank=line.after_blank)
        else:
            yield line
