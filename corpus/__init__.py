"""Text becomes clauses. Pure functions: no database, no network, no model."""

from corpus.model import (
    Cell,
    Clause,
    Comparison,
    CorpusError,
    Deadline,
    Document,
    Duty,
    Heading,
    Quantity,
    Role,
    Row,
    SourceText,
    Span,
    Table,
)
from corpus.parsing import parse
from corpus.readers import SUFFIXES, read

__all__ = [
    "SUFFIXES",
    "Cell",
    "Clause",
    "Comparison",
    "CorpusError",
    "Deadline",
    "Document",
    "Duty",
    "Heading",
    "Quantity",
    "Role",
    "Row",
    "SourceText",
    "Span",
    "Table",
    "parse",
    "read",
]
