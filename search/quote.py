"""The exact sentence that says so: a clause's sentences, and the one that fits the topic best."""

from __future__ import annotations

import re

from corpus.model import Clause, Span

_END = re.compile(r"[。！？!?；;]+[”’」』）)〕】\]]*|\n+|\t+|\s*\|\s*")
_TITLE = 24  # characters of a first sentence that may be no more than a title
_PREDICATE = re.compile(r"应当|必须|不得|禁止|可以|负责|主管|牵头|[是由]|处以|罚款|每|施行|废止|[，,：:]")
_SEGMENT = re.compile(r"[，,。！？!?；;：:\n\t|]+")


def sentences(clause: Clause) -> list[Span]:
    """The sentences of a clause without its duty statements; offsets in the document's text, white space trimmed."""
    spans: list[Span] = []
    for piece in _without(clause):
        text = clause.text[piece.start - clause.start : piece.end - clause.start]
        last = 0
        for match in _END.finditer(text):
            spans.append(Span(piece.start + last, piece.start + match.end()))
            last = match.end()
        spans.append(Span(piece.start + last, piece.end))
    trimmed = (_trim(clause, span) for span in spans)
    kept = [span for span in trimmed if any(char.isalnum() for char in cut(clause, span))]
    return kept or [_trim(clause, Span(clause.start, clause.end))]


def telling(clause: Clause, quote: Span) -> Span:
    """What to show for a quoted sentence: the sentence itself, or if it only titles its clause (（一）建设充电棚。) the one after
    it too, or that one alone where the title stands on a line of its own."""
    spans = sentences(clause)
    if len(spans) < 2 or quote != spans[0] or not clause.number or not _titles(clause, quote):
        return quote
    between = cut(clause, Span(quote.end, spans[1].start))
    return spans[1] if "\n" in between else Span(quote.start, spans[1].end)


def _titles(clause: Clause, sentence: Span) -> bool:
    """Whether a first sentence is no more than a title: short, and it says no duty, figure or time."""
    facts = [duty.start for duty in clause.duties] + [quantity.start for quantity in clause.quantities]
    facts += [deadline.start for deadline in clause.deadlines]
    said = cut(clause, sentence).removeprefix(clause.number)
    return (
        sentence.end - sentence.start <= _TITLE
        and not _PREDICATE.search(said)
        and not any(sentence.start <= fact < sentence.end for fact in facts)
    )


def segments(clause: Clause, span: Span) -> list[Span]:
    """The comma-separated parts of a sentence."""
    text, last, parts = cut(clause, span), 0, []
    for match in _SEGMENT.finditer(text):
        parts.append(Span(span.start + last, span.start + match.start()))
        last = match.end()
    parts.append(Span(span.start + last, span.end))
    return [part for part in (_trim(clause, part) for part in parts) if part.start < part.end]


def cut(clause: Clause, span: Span) -> str:
    """The characters of a span that lies inside the clause."""
    return clause.text[span.start - clause.start : span.end - clause.start]


def _without(clause: Clause) -> list[Span]:
    pieces, last = [], clause.start
    for statement in clause.statements:
        pieces.append(Span(last, max(last, statement.start)))
        last = max(last, statement.end)
    pieces.append(Span(last, clause.end))
    return [piece for piece in pieces if piece.start < piece.end]


def _trim(clause: Clause, span: Span) -> Span:
    text = cut(clause, span)
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    return Span(span.start + left, span.start + max(left, right))
