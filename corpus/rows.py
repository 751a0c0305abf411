"""Table rows: which part of a row is a clause, and what its columns say about units and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.columns import Column, columns_of, is_serial
from corpus.duties import cell_duties
from corpus.facts import deadlines
from corpus.model import Cell, Deadline, Duty, Role, Row, Table

_ROLES: dict[Column, Role] = {Column.LEAD: "lead", Column.SUPPORT: "support", Column.RESPONSIBLE: "responsible"}
_NOTHING = frozenset({"", "/", "／", "-", "—", "——", "－", "无", "无。"})
_LONGEST_TOPIC = 60


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row as a clause from `start` to `end`.

    `serial` is the number cell where it stands on a line of its own and so titles the row; `number` is the row's number as
    written, "" in a row that goes on with the one above, whose number and topic are then `above`.
    """

    start: int
    end: int
    number: str
    serial: Cell | None
    above: str
    columns: tuple[tuple[Column, Cell], ...]


def task_rows(text: str, table: Table) -> Iterator[TaskRow]:
    """The rows of a table that hold anything, in order."""
    columns = columns_of(table.header)
    above = ""
    for row in table.rows:
        cells = [cell for cell in row.cells if cell and cell.start < cell.end]
        if not cells:
            continue
        number = text[cells[0].start : cells[0].end] if is_serial(text[cells[0].start : cells[0].end].strip()) else ""
        apart = len(cells) > 1 and "\n" in text[cells[0].end : cells[1].start]
        serial = cells[0] if number and apart else None
        merged = row.cells[0] is None
        above = above if merged else _topic(text, columns, row)
        held = tuple(
            (column, cell) for column, cell in zip(columns, row.cells, strict=False) if cell and cell.start < cell.end
        )
        yield TaskRow(cells[1].start if serial else row.start, row.end, number, serial, above if merged else "", held)


def _topic(text: str, columns: Sequence[Column], row: Row) -> str:
    """The cells at the left that rows below may share: number and short title."""
    shared = []
    for index, cell in enumerate(row.cells[:-1]):
        words = text[cell.start : cell.end] if cell else ""
        if len(words) > _LONGEST_TOPIC or (index < len(columns) and columns[index] in _ROLES):
            break
        shared.append(" ".join(words.split()))
    return " ".join(part for part in shared[:2] if part)


def row_duties(text: str, row: TaskRow) -> tuple[Duty, ...] | None:
    """Units by column, in the order of the columns; None if no column is for units."""
    if not any(column in _ROLES for column, _ in row.columns):
        return None
    found: dict[str, Duty] = {}
    for column, cell in row.columns:
        if column in _ROLES:
            for duty in cell_duties(text, cell.start, cell.end, _ROLES[column]):
                found.setdefault(duty.unit, duty)
    return tuple(found.values())


def row_deadlines(text: str, row: TaskRow, *, issued_on: str | None) -> tuple[Deadline, ...]:
    """What the columns for time hold; words that are no date (`持续推进`) stand as written."""
    found: list[Deadline] = []
    for column, cell in row.columns:
        words = text[cell.start : cell.end]
        if column is Column.DEADLINE and words.strip() not in _NOTHING:
            dated = deadlines(text, cell.start, cell.end, issued_on=issued_on)
            date = dated[-1].date if dated else None
            found.append(Deadline(words, date, cell.start, cell.end))
    return tuple(found)
