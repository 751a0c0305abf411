"""Tables that lost their rows: one cell to a line, sometimes ended by `|`, the column titles first.

序号 |        The titles tell how many cells make a row. Where the first column numbers the rows, a row goes from its
重点工作 |    number to the next; if it then has more lines than there are columns, one cell fills several lines.
责任单位 |
1 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TypeAlias

from corpus.columns import Column, column_of, columns_of, fit, is_serial, is_title
from corpus.model import Cell


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as set, before its cells are matched with columns; `words` are the cells less white space."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    words: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not any(re.search(r"[^\W_]", word) for word in self.words)


_Ended: TypeAlias = tuple[Cell, int]  # a cell and the index of the line after it
_LONGEST_ROW = 40
_WIDEST = 30
_NARROWEST = 3


def stacked_rows(text: str, lines: Sequence[tuple[int, int]], first: int) -> tuple[list[RawRow], int] | None:
    """The rows of the table that begins at line `first` and the index of the line after it; None if none begins there."""
    if column_of(_word(text, lines[first])) is not Column.SERIAL:
        return None
    barred = text[lines[first][1] - 1] == "|"
    opening = [_word(text, (cell.start, cell.end)) for cell, _ in islice(_cells(text, lines, first, barred), _WIDEST)]
    width = next((place for place, word in enumerate(opening) if not is_title(word)), 0)
    if width < _NARROWEST or not is_serial(opening[width]):
        return None
    cells, bounds = _numbered(text, _cells(text, lines, first, barred), width)
    columns = columns_of(opening[:width])
    rows: list[RawRow] = []
    for begin, stop in pairwise([0, *bounds]):
        held = [cell for cell, _ in cells[begin:stop]]
        row = _merged(text, held, columns) if begin else held
        words = tuple(_word(text, (cell.start, cell.end)) for cell in row)
        rows.append(RawRow(row[0].start, lines[cells[stop - 1][1] - 1][1], tuple(row), words))
    return rows, cells[bounds[-1] - 1][1]


def _numbered(text: str, cells: Iterator[_Ended], width: int) -> tuple[list[_Ended], list[int]]:
    """The table's cells, and where its rows begin (at the first number, then each next one) and the last one ends."""
    held: list[_Ended] = []
    starts = [width]
    wanted = ""
    for place, (cell, after) in enumerate(cells):
        held.append((cell, after))
        figures = re.sub(r"\D", "", text[cell.start : cell.end])
        if place == width or (
            place > starts[-1] + 1 and figures == wanted and is_serial(_word(text, (cell.start, cell.end)))
        ):
            starts[-1:] = [place] if place == width else [starts[-1], place]
            wanted = str(int(figures) + 1)
        if place > starts[-1] + _LONGEST_ROW:
            break
    return held, [*starts, min(starts[-1] + width, len(held))]


def _word(text: str, span: tuple[int, int]) -> str:
    return "".join(text[span[0] : span[1]].split()).rstrip("|")


def _cells(text: str, lines: Sequence[tuple[int, int]], first: int, barred: bool) -> Iterator[_Ended]:
    """Cells from the line `first` on, each with the index of the line after it; a bar ends a cell, else a line does."""
    begin: int | None = None
    for index in range(first, len(lines)):
        start, end = lines[index]
        begin = start if begin is None else begin
        if barred and text[end - 1] != "|":
            if end - begin > 1000:
                return
            continue
        yield Cell(begin, begin + len(text[begin : end - barred].rstrip())), index + 1
        begin = None


def _merged(text: str, cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    """As many cells as there are columns: the column of plain words takes the surplus that suits the others best."""
    surplus = len(cells) - len(columns)
    if surplus <= 0:
        return list(cells)
    choices = []
    for index, column in enumerate(columns):
        if column is Column.OTHER:
            joined = Cell(cells[index].start, cells[index + surplus].end)
            row = [*cells[:index], joined, *cells[index + surplus + 1 :]]
            score = sum(fit(kind, _word(text, (cell.start, cell.end))) for kind, cell in zip(columns, row, strict=True))
            choices.append((score, joined.end - joined.start, row))
    return max(choices, key=lambda choice: choice[:2])[2] if choices else list(cells)
