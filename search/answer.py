"""Composes the reply: hits with their quotes, the units, the words of the answer, or a plain "no document says so"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.model import Clause, Deadline, Quantity, Span
from index.records import StoredClause, StoredDocument

from . import figures, wording
from .duties import responsible, say
from .model import Answer, Hit, Quote, UnitRole
from .question import Question
from .quote import cut, sentences, telling
from .rank import Ranked
from .terms import Topic


def hits(ranked: Sequence[Ranked], documents: Mapping[str, StoredDocument]) -> tuple[Hit, ...]:
    """The ranked clauses as numbered hits."""
    return tuple(
        hit(place, each.score, each.stored, each.quote, documents) for place, each in enumerate(ranked, start=1)
    )


def hit(rank: int, score: float, stored: StoredClause, quote: Span, documents: Mapping[str, StoredDocument]) -> Hit:
    """One clause as a hit; a quote that is no more than its heading is shown with the sentence after it."""
    shown = telling(stored.clause, quote)
    text = Quote(cut(stored.clause, shown), shown.start, shown.end)
    return Hit(rank, score, documents[stored.document_id], stored, text)


def listed(clauses: Iterable[StoredClause], documents: Mapping[str, StoredDocument]) -> tuple[Hit, ...]:
    """Clauses that are listed, not ranked: each with its first sentence, which titles most clauses."""
    return tuple(
        hit(place, 1.0, stored, sentences(stored.clause)[0], documents) for place, stored in enumerate(clauses, start=1)
    )


def refused(question: Question, words: str, nearest: tuple[Hit, ...] = (), confidence: float = 0.0) -> Answer:
    """No document says so; the nearest clauses are offered as such."""
    return Answer(question.text, question.language, "none", False, words, confidence, (), nearest)


def answered(
    question: Question,
    best: Ranked,
    figure: Quantity | None,
    topic: Topic,
    found: tuple[Hit, ...],
    confidence: float,
    note: str = "",
    also: str = "",
) -> Answer:
    """The reply from the best clause. `figure` is the quantity that it gives, where one is asked for; `note` says where it
    comes from when it is not the place asked about, `also` who else answers."""
    units = responsible(best.stored.clause, best.quote, topic)
    words = note + body(question, best, figure, units) + also
    return Answer(question.text, question.language, question.kind, True, words, confidence, units, found, also)


def body(question: Question, best: Ranked, figure: Quantity | None, units: Sequence[UnitRole]) -> str:
    """The answer's own words: the figure, the units, or the quote."""
    clause, stop = best.stored.clause, "。" if question.language == "zh" else ". "
    said = cut(clause, telling(clause, best.quote))
    parts = []
    of_its_year = figure is not None or question.kind == "quantity" or not question.years
    if "quantity" in question.asked and of_its_year:
        parts.append(figures.phrase(clause, figure) if figure else said)
    if "deadline" in question.asked:
        time = figures.deadline(question, clause, best.quote)
        parts.append(_time(clause, time) if time else said)
    if "responsibility" in question.asked:
        parts.append(say(units, question.language) or wording.no_units(question.language) + said)
    parts = list(dict.fromkeys(part.rstrip("。；; ") for part in parts if part)) or [said]
    return stop.join(parts).rstrip("。. ") + stop.strip()


def _time(clause: Clause, time: Deadline | Quantity) -> str:
    said = figures.phrase(clause, time)
    return said or (time.text if isinstance(time, Deadline) else "")
