"""Lines that title what follows, and how they read in a path."""

from __future__ import annotations

import re

from corpus.lines import Line
from corpus.numbering import Kind

_SENTENCE_MARK = re.compile(r"[。；;！？!?]")
_INTRODUCES = re.compile(r"下列|以下|如下|应当?|可以|不得|符合|包括|按照|根据|其中|分别")
_LONGEST_TITLE = 60
_LONGEST_SENTENCE_TITLE = 30
_LONGEST_LEAD = 20


def is_title(text: str, line: Line) -> bool:
    """Whether the line, less its number, is a title and no sentence: `强化组织推动`, `疫点、疫区的划分。`."""
    begin = line.marker.body if line.marker else line.head
    words = "".join(text[begin : line.end].split()).rstrip("*#")
    inner = words.rstrip("。：:")
    if _SENTENCE_MARK.search(inner) or len(inner) > _LONGEST_TITLE:
        return False
    if words == inner:
        return True
    if line.marker is not None and line.marker.kind is Kind.ARTICLE:
        return False
    if words[-1] == "。":
        return len(inner) <= _LONGEST_SENTENCE_TITLE and not inner.endswith("的")
    return len(inner) <= _LONGEST_LEAD and not _INTRODUCES.search(inner)


def label(text: str, line: Line) -> str:
    """The line as it stands in the paths of what is below it: a title whole, of a sentence its number and first clause."""
    words = line.words(text)
    if line.marker is None or is_title(text, line):
        return words
    number = number_of(text, line)
    said = re.split(r"(?<=[。：:；])", words[len(number) :].strip(), maxsplit=1)[0]
    gap = " " if words[len(number) : len(number) + 1].isspace() else ""
    return f"{number}{gap}{said}" if len(said) <= _LONGEST_TITLE else number


def number_of(text: str, line: Line) -> str:
    """The line's number as written; "" if it has none."""
    return text[line.marker.start : line.marker.end].strip() if line.marker else ""
