"""A clause cut into pieces for showing: the quoted sentence, the statement that only says who is responsible, the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.model import Clause
from search.model import Quote

PieceKind = Literal["plain", "quote", "statement"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters of a clause that are shown alike."""

    kind: PieceKind
    text: str


def pieces(clause: Clause, quote: Quote | None = None) -> list[Piece]:
    """The clause's text in order, nothing left out: joining the pieces gives `clause.text`. A quote goes before a statement."""
    marks: list[PieceKind] = ["plain"] * len(clause.text)
    for span in clause.statements:
        _mark(marks, span.start - clause.start, span.end - clause.start, "statement")
    if quote is not None:
        _mark(marks, quote.start - clause.start, quote.end - clause.start, "quote")
    found: list[Piece] = []
    begin = 0
    for at in range(1, len(marks) + 1):
        if at == len(marks) or marks[at] != marks[begin]:
            found.append(Piece(marks[begin], clause.text[begin:at]))
            begin = at
    return found


def _mark(marks: list[PieceKind], start: int, end: int, kind: PieceKind) -> None:
    start, end = max(start, 0), min(end, len(marks))
    if start < end:
        marks[start:end] = [kind] * (end - start)
