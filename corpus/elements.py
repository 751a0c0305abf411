"""The elements of a document's frame, and its lines told by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.lines import Line

_LONGEST_SAID = 400


class Element(Enum):
    TITLE = "title"
    DOC_NUMBER = "doc number"
    METADATA = "metadata"
    ADOPTION = "adoption"
    SALUTATION = "salutation"
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"
    ATTACHMENT = "attachment"
    ATTACHMENT_LIST = "attachment list"
    CONTENTS = "contents"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the document by what it is and says."""

    element: Element
    words: str
    hashes: int = 0
    numbered: bool = False


def spoken(text: str, lines: Sequence[Line], elements: Sequence[Element]) -> list[Spoken]:
    """The lines as the reader of a frame needs them; of the body only how it begins."""
    return [
        Spoken(
            element, line.words(text)[:_LONGEST_SAID], line.hashes, line.marker is not None or line.table is not None
        )
        for line, element in zip(lines, elements, strict=True)
    ]
