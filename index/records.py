"""What the ledger gives back: documents and clauses with their ids, and the scored candidates of the projections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.model import Clause, Duty


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document in the ledger, without its text. `id` is the first 10 hex digits of its bytes' SHA-256."""

    id: str
    title: str
    issuer: str | None
    doc_number: str | None
    issued_on: str | None
    region: str | None
    status: str
    source: str
    added_at: str
    clauses: int


@dataclass(frozen=True, slots=True)
class StoredClause:
    """A clause in the ledger. `key` is its integer id in the projections; `id` is `<document id>-<ordinal>`."""

    key: int
    id: str
    document_id: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause without what was found in it: enough to compare it with a question."""

    key: int
    document_id: str
    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class StoredDuty:
    """One line of the duty register."""

    document: StoredDocument
    clause: StoredClause
    duty: Duty


@dataclass(frozen=True, slots=True)
class DenseHit:
    """A passage near the question: cosine similarity in [-1, 1], higher is better; offsets in the document's text."""

    clause_key: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A clause that shares terms with the question: BM25 score, higher is better, 0 is never returned."""

    clause_key: int
    score: float


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one document that was added. `replaced` is the id of the version that it took the place of."""

    id: str
    source: str
    status: Literal["added", "unchanged", "replaced"]
    clauses: int
    replaced: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not added, and why."""

    source: str
    reason: str
