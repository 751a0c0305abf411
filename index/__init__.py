"""Clauses become findable, and nothing is lost: the ledger, its projections, and `Library`, the door to both."""

from __future__ import annotations

from .check import Report
from .embedder import Embedder, load_embedder
from .errors import IndexMismatch, LedgerError, ModelUnavailable, UnknownDocument
from .library import Library
from .records import Added, DenseHit, LexicalHit, Refused, StoredClause, StoredDocument, StoredDuty
from .segment import Segmenter

__all__ = [
    "Added",
    "DenseHit",
    "Embedder",
    "IndexMismatch",
    "LedgerError",
    "LexicalHit",
    "Library",
    "ModelUnavailable",
    "Refused",
    "Report",
    "Segmenter",
    "StoredClause",
    "StoredDocument",
    "StoredDuty",
    "UnknownDocument",
    "load_embedder",
]
