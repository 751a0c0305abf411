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


def parse(source: SourceText) -> Document:
    """The document in a text. Never raises: a text without any form is a document of plain paragraphs.

    The grammars are compiled at the first call, not at import: a question to a library needs none of them.
    """
    from corpus.parsing import parse as parse_text

    return parse_text(source)
