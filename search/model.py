"""What a question becomes: Answer, Hit, Quote. `Answer.as_json()` is the fixed contract of `ask --json` and `POST /v1/ask`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from corpus.model import Clause, Deadline, Duty, Quantity, Role
from index.records import StoredClause, StoredDocument

Kind = Literal["responsibility", "unit_duties", "quantity", "deadline", "clause", "none"]
Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that answers: characters `start` to `end` of the document's text."""

    text: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class UnitRole:
    """A responsible unit as it is shown with the answer."""

    name: str
    role: Role

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "role": self.role}


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found, best first. `score` is the fused score: higher is better, comparable within one reply only."""

    rank: int
    score: float
    document: StoredDocument
    stored: StoredClause
    quote: Quote

    @property
    def clause(self) -> Clause:
        return self.stored.clause

    def as_json(self) -> dict[str, Any]:
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "document": document_json(self.document),
            "clause": clause_json(self.stored),
            "quote": self.quote.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question. `confidence` is 0 to 1; `answered` is False when no document says so."""

    question: str
    language: Language
    kind: Kind
    answered: bool
    answer: str
    confidence: float
    units: tuple[UnitRole, ...]
    hits: tuple[Hit, ...]
    also: str = ""
    """The end of `answer` that names other documents which answer as well; "" when none does."""

    def as_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "language": self.language,
            "kind": self.kind,
            "answered": self.answered,
            "answer": self.answer,
            "confidence": round(self.confidence, 4),
            "units": [unit.as_json() for unit in self.units],
            "hits": [hit.as_json() for hit in self.hits],
        }


def document_json(document: StoredDocument) -> dict[str, Any]:
    """The `document` object of the contract."""
    keys = ("id", "title", "issuer", "doc_number", "issued_on", "region", "status", "source")
    return {key: getattr(document, key) for key in keys}


def clause_json(stored: StoredClause) -> dict[str, Any]:
    """The `clause` object of the contract."""
    clause = stored.clause
    return {
        "id": stored.id,
        "path": list(clause.path),
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "units": duties_json(clause.duties),
        "quantities": [_quantity_json(quantity) for quantity in clause.quantities],
        "deadlines": [_deadline_json(deadline) for deadline in clause.deadlines],
    }


def duties_json(duties: Sequence[Duty]) -> list[dict[str, Any]]:
    """Units of a clause with the span that names each."""
    return [
        {"name": duty.unit, "role": duty.role, "start": duty.start, "end": duty.end, "inherited": duty.inherited}
        for duty in duties
    ]


def _quantity_json(quantity: Quantity) -> dict[str, Any]:
    keys = ("what", "comparison", "number", "unit", "start", "end")
    return {key: getattr(quantity, key) for key in keys}


def _deadline_json(deadline: Deadline) -> dict[str, Any]:
    keys = ("text", "date", "start", "end", "inherited")
    return {key: getattr(deadline, key) for key in keys}
