"""Plain lines after the last item of a list: do they belong to that item, or to what the list belongs to?

Lines between two items belong to the first. After the last item the other items tell: where none of them goes on past its
own line, lines that follow the last one are the parent's. `tidy` moves such lines up, as far as they go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.duties import statements
from corpus.lines import Line
from corpus.model import Table
from corpus.numbering import Kind
from corpus.outline import Section
from corpus.titles import is_title

_STAYS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE)
_CLOSING = re.compile(
    r"(?:本|以上|上述|此前|之前|凡本)[^。；]{0,40}(?:施行|实施|执行|生效|解释|有效期?|为准|遵照|废止|从其规定)|特此(?:通知|公告|通告|函复|批复|报告)|自\S{2,20}起(?:施行|实施|执行)"
)
_SUPPLEMENT = re.compile(r"附\s*则|其他|施行|实施|有效期|解释|期限")


def tidy(text: str, section: Section) -> None:
    """Moves lines that follow a list up to where they belong, in the section and all below it."""
    for child in section.sections():
        tidy(text, child)
    lifted = {
        item: _lifted(text, run, item)
        for run in _runs(section)
        for count, item in enumerate(run, 1)
        if count == len(run) or _value(run[count]) > _value(item) + 1
    }
    section.items = [kept for item in section.items for kept in (item, *_after(item, lifted))]


def statement_only(text: str, line: Line) -> bool:
    """Whether the line says nothing but who is responsible."""
    position, rest = line.head, ""
    for found in statements(text, line.start, line.end):
        rest, position = rest + text[position : found.start], found.end
    return position > line.head and not re.search(r"\w", rest + text[position : line.end])


def _after(item: Section | Line | Table, lifted: dict[Section, list[Line]]) -> list[Line]:
    return lifted.get(item, []) if isinstance(item, Section) else []


def _runs(section: Section) -> Iterator[list[Section]]:
    """Neighbouring sections that carry one sequence of numbers."""
    run: list[Section] = []
    for item in section.items:
        goes_on = isinstance(item, Section) and run and item.rank == run[-1].rank and _value(item) != 1
        if run and not goes_on:
            yield run
            run = []
        if isinstance(item, Section) and item.marker is not None:
            run.append(item)
    if run:
        yield run


def _value(section: Section) -> int:
    return section.marker.value if section.marker else 0


def _lifted(text: str, run: Sequence[Section], last: Section) -> list[Line]:
    """Takes off the lines that the last section of a run, or the last before a number that was lost, does not keep."""
    tail = _tail(last)
    lifted = tail[_kept(text, run, last, tail) :] if tail else []
    del last.items[len(last.items) - len(lifted) :]
    return lifted


def _tail(section: Section) -> list[Line]:
    tail: list[Line] = []
    for item in reversed(section.items):
        if not isinstance(item, Line):
            break
        tail.append(item)
    return tail[::-1]


def _kept(text: str, run: Sequence[Section], last: Section, tail: Sequence[Line]) -> int:
    """How many lines of its tail a section keeps."""
    if last.marker is None or last.marker.kind in _STAYS:
        return len(tail)
    alone = statement_only(text, tail[0])
    if alone and _speaks_for_all(text, run, last):
        return 0
    head = last.heads[0]
    titled = last.is_leaf and is_title(text, head)
    apart = not any(_tail(other) for other, after in pairwise(run) if _value(after) <= _value(other) + 1)
    if titled and text[head.end - 1] not in "。；;":
        return _before_closing(text, last, tail)
    short = apart and (len(run) > (2 if titled else 1) or _complete(text, last))
    if short or (titled and _listed(text, run)):
        return int(alone)
    return _before_closing(text, last, tail)


def _speaks_for_all(text: str, run: Sequence[Section], last: Section) -> bool:
    """A statement after the last of several items that say nothing of the kind themselves is about all of them."""
    above = [line for section in run if section is not last for line in _lines(section)]
    own = _lines(last)[: -len(_tail(last)) or None]
    return len(run) > 1 and not any(statements(text, line.start, line.end) for line in (*above, *own))


def _lines(section: Section) -> list[Line]:
    """The heads and paragraphs of a section and of all below it, in order."""
    below = [
        _lines(item) if isinstance(item, Section) else [item] for item in section.items if not isinstance(item, Table)
    ]
    return [*section.heads, *(line for lines in below for line in lines)]


def _before_closing(text: str, section: Section, tail: Sequence[Line]) -> int:
    if _SUPPLEMENT.search(text, section.heads[0].head, section.heads[0].end):
        return len(tail)
    kept = len(tail)
    while kept and _CLOSING.match(text, tail[kept - 1].head, tail[kept - 1].end):
        kept -= 1
    return kept


def _listed(text: str, run: Sequence[Section]) -> bool:
    return any(text[section.heads[-1].end - 1] in "；;" for section in run[:-1])


def _complete(text: str, section: Section) -> bool:
    """An item whose own line ends with who is responsible is at its end."""
    line = section.heads[-1]
    found = statements(text, line.start, line.end)
    return section.is_leaf and bool(found) and not re.search(r"\w", text[found[-1].end : line.end])
