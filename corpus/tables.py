"""Tables in plain text: cells parted by tabs, Markdown pipes, or one cell to a line that ends with `|`.

A row with fewer cells than the table has columns lacks either its first cells (they are merged with the row above) or its
last ones (they are empty); which, its contents tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.columns import Column, columns_of, fit, is_header, is_serial
from corpus.model import Cell, Row, Table
from corpus.numbering import markers_at
from corpus.stacked import RawRow, stacked_rows

_PHYSICAL = re.compile(r"[^\n]+")
_PAGE_NUMBER = re.compile(r"[\d\-—.·…]{1,8}")
_LONGEST_BREAK = 120


def find(text: str) -> tuple[Table, ...]:
    """The tables of a text, in order; their spans do not overlap."""
    found: list[Table] = []
    for rows in _runs(text):
        for part in _parts(rows):
            above = found[-1] if found and _near(text, found[-1].end, part[0].start) else None
            if table := _table(part, above):
                found.append(table)
    return tuple(found)


def _near(text: str, start: int, end: int) -> bool:
    return end - start < _LONGEST_BREAK and len(text[start:end].split("\n")) < 8


def _runs(text: str) -> Iterator[list[RawRow]]:
    """Rows that follow each other and are set in the same way."""
    lines = [_trimmed(text, m.start(), m.end(), keep="\t") for m in _PHYSICAL.finditer(text) if not m[0].isspace()]
    index = 0
    while index < len(lines):
        if (stacked := stacked_rows(text, lines, index)) is not None:
            rows, index = stacked
            yield rows
            continue
        mark = _mark_of(text[slice(*lines[index])])
        stop = index + 1
        while mark and stop < len(lines) and _mark_of(text[slice(*lines[stop])]) == mark:
            stop += 1
        if mark:
            yield [_raw(text, start, end, _parted(text, start, end, mark)) for start, end in lines[index:stop]]
        index = stop


def _mark_of(line: str) -> str:
    """What parts the cells of the line, "" if it is no row."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        return "|"
    return "\t" if "\t" in stripped and not _numbered_prose(stripped) else ""


def _numbered_prose(line: str) -> bool:
    """`（一）<tab>指导思想。`: a number set off with a tab is no cell, a figure alone may be one."""
    first, _, rest = line.partition("\t")
    marked = any(marker.end == len(first.rstrip()) for marker in markers_at(first, 0, len(first)))
    return marked and "\t" not in rest and not is_serial(first.strip())


def _trimmed(text: str, start: int, end: int, keep: str = "") -> tuple[int, int]:
    kept = text[start:end]
    space = " \u3000\xa0\r\x0b\x0c\x1c\x1d\x1e\x1f\x85" + ("" if keep else "\t")
    start += len(kept) - len(kept.lstrip(space) if keep else kept.lstrip())
    return start, max(start, end - (len(kept) - len(kept.rstrip(space) if keep else kept.rstrip())))


def _raw(text: str, start: int, end: int, cells: Sequence[Cell]) -> RawRow:
    words = tuple("".join(text[cell.start : cell.end].split()) for cell in cells)
    return RawRow(*_trimmed(text, start, end), tuple(cells), words)


def _parted(text: str, start: int, end: int, mark: str) -> list[Cell]:
    if mark == "|":
        start += 1
        end -= text[end - 1] == "|"
    places = [start - 1, *(place for place in range(start, end) if text[place] == mark), end]
    return [Cell(*_trimmed(text, before + 1, after)) for before, after in pairwise(places)]


def _parts(rows: Sequence[RawRow]) -> Iterator[Sequence[RawRow]]:
    """The run cut where the column titles come again or new ones begin."""
    heads = [i for i, row in enumerate(rows) if i and is_header(row.words) and not is_header(rows[i - 1].words)]
    for first, stop in pairwise([0, *heads, len(rows)]):
        if first < stop:
            yield rows[first:stop]


def _table(rows: Sequence[RawRow], above: Table | None) -> Table | None:
    """A run of rows as a table; without titles of its own it goes on with the table closely above."""
    head = 0
    while head < len(rows) and (rows[head].empty or is_header(rows[head].words)):
        head += 1
    heads = [row for row in rows[:head] if not row.empty]
    body = rows[head:]
    titles = _titles(heads)
    if not heads and above is not None and max((len(row.cells) for row in body), default=0) <= len(above.header):
        titles = above.header
    if not _is_table(body, titles):
        return None
    columns = columns_of(titles) or (Column.OTHER,) * max(len(row.cells) for row in body)
    bounds = tuple(Row(row.start, row.end, row.cells) for row in heads)
    return Table(rows[0].start, rows[-1].end, titles, bounds, tuple(_matched(body, columns)))


def _is_table(body: Sequence[RawRow], titles: Sequence[str]) -> bool:
    if titles:
        return bool(body) or len(titles) > 2
    full = [row for row in body if len(row.words) >= 3 and sum(map(bool, row.words)) >= 2]
    pages = sum(len(row.words) == 2 and bool(_PAGE_NUMBER.fullmatch(row.words[1])) for row in body)
    return len(full) >= 2 and pages * 2 < len(body)


def _titles(heads: Sequence[RawRow]) -> tuple[str, ...]:
    """Column titles; where there are two rows of them, the lower one says more."""
    width = max((len(row.words) for row in heads), default=0)
    rows = [(*row.words, *("",) * (width - len(row.words))) for row in heads]
    return tuple(next((title for title in reversed(column) if title), "") for column in zip(*rows, strict=True))


def _matched(body: Sequence[RawRow], columns: Sequence[Column]) -> Iterator[Row]:
    rows: list[Row] = []
    for raw in body:
        if raw.empty and rows:
            rows[-1] = replace(rows[-1], end=raw.end)
        else:
            rows.append(Row(raw.start, raw.end, _cells(raw, columns, first=not rows)))
    yield from rows


def _cells(raw: RawRow, columns: Sequence[Column], *, first: bool) -> tuple[Cell | None, ...]:
    width, cells = len(columns), raw.cells
    if len(cells) > width:
        cells = (*cells[: width - 1], Cell(cells[width - 1].start, cells[-1].end))
    lacking = width - len(cells)
    if lacking and _score(raw.words, columns[lacking:]) >= _score(raw.words, columns[: len(cells)]) and not first:
        return (*(None,) * lacking, *cells)
    empty = Cell(raw.end, raw.end)
    matched: list[Cell | None] = [*cells, *(empty,) * lacking]
    for index, cell in enumerate(cells):
        if cell.start < cell.end or first:
            break
        matched[index] = None
    return tuple(matched)


def _score(words: Sequence[str], columns: Sequence[Column]) -> int:
    return sum(fit(column, word) for column, word in zip(columns, words, strict=False))
