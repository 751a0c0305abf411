"""Plain text in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

from corpus import tables
from corpus.model import SourceText
from corpus.readers.encoding import decoded


def read(name: str, data: bytes) -> SourceText:
    """The file's characters; line ends become LF and a byte order mark goes, nothing else changes."""
    text = decoded(name, data)
    return SourceText(name=name, text=text, tables=tables.find(text))
