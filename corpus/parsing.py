"""From source text to document: lines, frame, outline, clauses, then who, how much and when."""

from __future__ import annotations

from dataclasses import replace

from corpus import tables
from corpus.clauses import Draft, draft
from corpus.duties import clause_duties, first_leads_from, statements
from corpus.elements import spoken
from corpus.facts import deadlines, quantities
from corpus.frame import elements_of
from corpus.gazetteer import region_of_file
from corpus.headings import front_of
from corpus.lines import lines_of
from corpus.model import Clause, Deadline, Document, Duty, SourceText, Span
from corpus.outline import outline_of
from corpus.rows import row_deadlines, row_duties
from corpus.tails import tidy


def parse(source: SourceText) -> Document:
    """The document in a text. Never raises: a text without any form is a document of plain paragraphs."""
    text = source.text
    lines = lines_of(text, source.tables or tables.find(text))
    elements = elements_of(text, lines)
    front = front_of(spoken(text, lines, elements), source.name)
    outline = outline_of(text, lines, elements, front.title_lines)
    tidy(text, outline.root)
    drafts = draft(text, outline)
    reading = _Reading(text, front.issued_on)
    return Document(
        title=front.title,
        issuer=front.issuer,
        doc_number=front.doc_number,
        issued_on=front.issued_on,
        region=front.region or region_of_file(source.name),
        status=front.status,
        source=source.name,
        text=text,
        headings=drafts.headings,
        clauses=tuple(reading.clause(ordinal, clause) for ordinal, clause in enumerate(drafts.clauses)),
    )


class _Reading:
    """Reads duties and facts out of clauses, own and inherited."""

    def __init__(self, text: str, issued_on: str | None) -> None:
        self._text, self._issued_on = text, issued_on
        self._first_leads_from = first_leads_from(text)
        self._duties_told: dict[Span, tuple[Duty, ...]] = {}
        self._deadlines_dated: dict[Span, tuple[Deadline, ...]] = {}

    def clause(self, ordinal: int, clause: Draft) -> Clause:
        start, end = clause.start, clause.end
        own = tuple(Span(found.start, found.end) for found in statements(self._text, start, end))
        return Clause(
            ordinal=ordinal,
            number=clause.number,
            path=(*clause.scope.path, clause.number) if clause.number else clause.scope.path,
            text=self._text[start:end],
            start=start,
            end=end,
            duties=self._duties(clause, own),
            quantities=quantities(self._text, start, end),
            deadlines=self._deadlines(clause),
            statements=own,
        )

    def _duties(self, clause: Draft, own: tuple[Span, ...]) -> tuple[Duty, ...]:
        columns = row_duties(self._text, clause.row) if clause.row else None
        if columns is not None:
            return columns
        if own or not clause.scope.stated:
            return self._told(Span(clause.start, clause.end))
        inherited = {
            duty.unit: replace(duty, inherited=True)
            for span in reversed(clause.scope.stated)
            for duty in self._told(span)
        }
        return tuple(sorted(inherited.values(), key=lambda duty: duty.start))

    def _told(self, span: Span) -> tuple[Duty, ...]:
        """The duties of a span; those above a list are asked for once by each of its items."""
        if span not in self._duties_told:
            first_leads = self._first_leads_from is not None and self._first_leads_from < span.end
            self._duties_told[span] = clause_duties(self._text, span.start, span.end, first_leads=first_leads)
        return self._duties_told[span]

    def _deadlines(self, clause: Draft) -> tuple[Deadline, ...]:
        if clause.row and (dated := row_deadlines(self._text, clause.row, issued_on=self._issued_on)):
            return dated
        own = self._dated(Span(clause.start, clause.end))
        return own or tuple(
            replace(deadline, inherited=True) for span in clause.scope.lead_in for deadline in self._dated(span)
        )

    def _dated(self, span: Span) -> tuple[Deadline, ...]:
        if span not in self._deadlines_dated:
            self._deadlines_dated[span] = deadlines(self._text, span.start, span.end, issued_on=self._issued_on)
        return self._deadlines_dated[span]
