"""The outline becomes clauses: what stands by itself, from its number to its last word.

A numbered leaf is one clause with all its paragraphs; it falls into its paragraphs only where two or more of them say for
themselves who is responsible. A number with items below it is a heading if it only titles them and a clause if it says
something. Plain paragraphs beside items, and table rows, are clauses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeAlias, TypeGuard

from corpus.duties import statements
from corpus.lines import Line
from corpus.model import Heading, Span, Table
from corpus.numbering import Kind
from corpus.outline import Outline, Section
from corpus.rows import TaskRow, task_rows
from corpus.tails import statement_only
from corpus.titles import is_title, label, number_of


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for everything below a heading: its path, statements made for all, and the text that leads in."""

    path: tuple[str, ...] = ()
    stated: tuple[Span, ...] = ()
    lead_in: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before anyone asked who is responsible in it."""

    start: int
    end: int
    number: str
    scope: Scope
    row: TaskRow | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    clauses: tuple[Draft, ...]
    headings: tuple[Heading, ...]


_Block: TypeAlias = "list[Line] | Section | Table"
_LONGEST = 4000
"""Characters beyond which no numbered item is one clause: a report's chapter is read by its paragraphs."""
_LEADING = 2
"""How many paragraphs right above the items lead them in."""
_NEVER_CLAUSES = (Kind.PART, Kind.CHAPTER, Kind.SECTION)


def draft(text: str, outline: Outline) -> Drafts:
    """Clauses and headings in order of the text. Together they hold every visible character once."""
    drafter = _Drafter(text, [line.start for line in outline.frame])
    for line in outline.frame:
        drafter.add_heading(line.start, line.end, 0)
    drafter.add_branch(outline.root, Scope(), 0)
    clauses = tuple(sorted(drafter.clauses, key=lambda clause: clause.start))
    return Drafts(clauses, tuple(sorted(drafter.headings, key=lambda heading: heading.start)))


class _Drafter:
    def __init__(self, text: str, frame: Sequence[int]) -> None:
        self._text, self._frame = text, frame
        self.clauses: list[Draft] = []
        self.headings: list[Heading] = []

    def add_heading(self, start: int, end: int, level: int) -> None:
        kept = self._text[start:end].rstrip()
        if not kept:
            return
        self.headings.append(Heading(kept, start, start + len(kept), level))

    def add_section(self, section: Section, scope: Scope, level: int) -> None:
        if section.is_leaf and section.marker and section.marker.kind not in _NEVER_CLAUSES:
            self._add_leaf(section, scope, level)
        else:
            self.add_branch(section, self._add_heads(section, scope, level), level + 1)

    def add_branch(self, section: Section, scope: Scope, level: int) -> None:
        """Paragraphs, items and tables of a section that has more than paragraphs."""
        blocks = self._blocks(section.items)
        shared = _shared(self._text, blocks, headed=bool(section.heads))
        lead = [_span(item) for item in takewhile(_is_line, section.items) if isinstance(item, Line)][-_LEADING:]
        below = replace(scope, lead_in=(*scope.lead_in, *lead) if section.heads else ())
        for index, block in enumerate(blocks):
            stated = (*shared.get(index, ()), *scope.stated)
            if isinstance(block, Section):
                self.add_section(block, replace(below, stated=stated), level)
            elif isinstance(block, Table):
                self._add_table(block, replace(below, stated=stated), level)
            elif index in shared:
                self.add_heading(block[0].start, block[-1].end, level)
            else:
                self._add_clause(block, replace(scope, stated=(), lead_in=()), level)

    def _add_heads(self, section: Section, scope: Scope, level: int) -> Scope:
        """Puts down the heads of a section that has items, and says what holds for the items."""
        for line in section.heads:
            if line.marker is None or line.marker.kind in _NEVER_CLAUSES or is_title(self._text, line):
                self.add_heading(line.start, line.end, level)
            else:
                self._add_clause([line], scope, level)
        path = " ".join(label(self._text, line) for line in section.heads)
        stated = _stated(self._text, section.heads)
        return Scope((*scope.path, path), stated or scope.stated, tuple(map(_span, section.heads)))

    def _add_leaf(self, section: Section, scope: Scope, level: int) -> None:
        groups = list(filter(_is_paragraph, self._blocks([*section.heads, *section.items])))
        long = groups[-1][-1].end - groups[0][0].start > _LONGEST
        if sum(bool(_stated(self._text, group)) for group in groups) < 2 and not long:
            groups = self._unbroken([line for group in groups for line in group])
        below = Scope((*scope.path, label(self._text, section.heads[0])), (), scope.lead_in)
        if len(groups) > 1 and len(groups[0]) == 1 and is_title(self._text, groups[0][0]):
            self.add_heading(groups[0][0].start, groups[0][0].end, level)
        else:
            self._add_clause(groups[0], scope, level)
        for group in groups[1:]:
            self._add_clause(group, below, level)

    def _blocks(self, items: Sequence[Section | Line | Table]) -> list[_Block]:
        """The items, each paragraph with the statement lines that follow it."""
        blocks: list[_Block] = []
        for item in items:
            if not isinstance(item, Line):
                blocks.append(item)
                continue
            above = blocks[-1] if blocks else None
            if isinstance(above, list) and self._touch(above[-1], item) and statement_only(self._text, item):
                above.append(item)
            else:
                blocks.append([item])
        return blocks

    def _unbroken(self, lines: Sequence[Line]) -> list[list[Line]]:
        groups: list[list[Line]] = []
        for line in lines:
            if groups and self._touch(groups[-1][-1], line):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _touch(self, line: Line, after: Line) -> bool:
        """Whether nothing of the frame (a note, a date) stands between two lines."""
        return bisect_left(self._frame, line.end) == bisect_left(self._frame, after.start)

    def _add_clause(self, lines: Sequence[Line], scope: Scope, level: int) -> None:
        first = lines[0]
        start = first.head if first.marker else first.start
        if first.start < start:
            self.add_heading(first.start, start, level)
        self.clauses.append(Draft(start, lines[-1].end, number_of(self._text, first), scope))

    def _add_table(self, table: Table, scope: Scope, level: int) -> None:
        rows = list(task_rows(self._text, table))
        begins = [row.serial.start if row.serial else row.start for row in rows]
        self.add_heading(table.start, begins[0] if begins else table.end, level)
        for row, begin, stop in zip(rows, begins, [*begins[1:], table.end], strict=False):
            if row.serial:
                self.add_heading(begin, row.start, level + 1)
            end = row.start + len(self._text[row.start : stop].rstrip())
            path = (*scope.path, row.above) if row.above else scope.path
            self.clauses.append(Draft(row.start, end, row.number, replace(scope, path=path), row))


def _is_line(item: Section | Line | Table) -> bool:
    return isinstance(item, Line)


def _is_paragraph(block: _Block) -> TypeGuard[list[Line]]:
    return isinstance(block, list)


def _span(line: Line) -> Span:
    return Span(line.start, line.end)


def _stated(text: str, lines: Sequence[Line]) -> tuple[Span, ...]:
    return tuple(Span(found.start, found.end) for line in lines for found in statements(text, line.start, line.end))


def _shared(text: str, blocks: Sequence[_Block], *, headed: bool) -> dict[int, tuple[Span, ...]]:
    """Statements that stand alone and hold for several items: by the index of the item, and of the statement itself.

    One that follows items is about them; one right below a heading is about all that the heading covers.
    """
    shared: dict[int, tuple[Span, ...]] = {}
    for index, block in enumerate(blocks):
        if not isinstance(block, list) or not all(statement_only(text, line) for line in block):
            continue
        above = list(takewhile(lambda i: not isinstance(blocks[i], list), range(index - 1, -1, -1)))
        below = [i for i in range(index + 1, len(blocks)) if not isinstance(blocks[i], list)]
        items = above or (below if headed and index == 0 else [])
        for item in [*items, index] if items else []:
            shared[item] = (*shared.get(item, ()), *_stated(text, block))
    return shared
