"""Markdown: read as it is written. The outline knows `#` headings, the table finder knows pipe tables."""

from __future__ import annotations

from corpus import tables
from corpus.model import SourceText
from corpus.readers.encoding import decoded


def read(name: str, data: bytes) -> SourceText:
    """The file's characters, Markdown signs included, so that every offset is one a person finds in the file."""
    text = decoded(name, data)
    return SourceText(name=name, text=text, tables=tables.find(text))
