"""The words of the domain as frozen values: Document, Clause, Duty, Quantity, Deadline.

Every `start` and `end` in this package counts characters of `Document.text`, the text as the reader stored it. Nothing
is normalised away before offsets are taken, so `document.text[x.start:x.end]` is always what a person sees in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["lead", "responsible", "support"]
Comparison = Literal["=", ">=", "<=", ">", "<", "~"]


class CorpusError(ValueError):
    """A file that cannot be read or is not a policy text. The message names the file, the reason and the way out."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; `start == end` for an empty one."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One table row. `cells` has one entry per column; a cell merged with the one above it is None."""

    start: int
    end: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside the text. `header` holds the column titles as written, () when there is no header row."""

    start: int
    end: int
    header: tuple[str, ...]
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader makes of a file: its text (newlines as LF, no byte order mark), tables and page starts."""

    name: str
    text: str
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit and its role in a clause.

    `unit` is the name as written, less what a scraper or a line break put inside it; its characters appear in this order
    in `text[start:end]`. `inherited`: the statement stands at a parent or after a group of items, not in the clause.
    """

    unit: str
    role: Role
    start: int
    end: int
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A target number: `新建公共充电桩6000台以上` is what=公共充电桩, comparison=">=", number=6000, unit=台.

    `number` is in the written unit with 万 and 亿 multiplied out; a percentage is 18.0 with unit "%". A range gives two
    quantities with `>=` and `<=`. The span covers the whole phrase, so that it can be quoted.
    """

    what: str
    comparison: Comparison
    number: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by which or within which. `text` as written (`2022年6月底前`), `date` ISO (`2022-06-30`) where it can be known.

    `inherited`: it stands above the clause (`到2023年` over dash items) and holds for it.
    """

    text: str
    date: str | None
    start: int
    end: int
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that only titles what follows: document title, chapter, `一、主要任务`, a table's header row, a table of contents."""

    text: str
    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest numbered item, or unnumbered paragraph, that stands by itself.

    `number` is its own number as written (`3．`, `（二）`, `第五条`, `——`, "" for a plain paragraph); `path` holds the headings
    above it as written, then its own number if it has one. `statements` are the spans inside the clause that only say who
    is responsible: they are kept out of what is embedded and indexed as topic.
    """

    ordinal: int
    number: str
    path: tuple[str, ...]
    text: str
    start: int
    end: int
    duties: tuple[Duty, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    statements: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One policy text. Dates are ISO; what the text does not say is None. `source` is the file name that was added."""

    title: str
    issuer: str | None
    doc_number: str | None
    issued_on: str | None
    region: str | None
    status: str
    source: str
    text: str = field(repr=False)
    headings: tuple[Heading, ...] = field(repr=False)
    clauses: tuple[Clause, ...] = field(repr=False)
