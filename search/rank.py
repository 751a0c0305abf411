"""The order of the fused candidates, with what is known about the best of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from corpus.model import Span
from index.library import Library
from index.records import StoredClause

from . import figures
from .question import Question
from .quote import cut, sentences
from .retrieve import Candidate, retrieve
from .terms import Coverage, Topic

DEPTH = 30
SOFT_DEPTH = 8
COVERAGE_WEIGHT = 0.8
FIT_WEIGHT = 0.15
TITLE_WEIGHT = 0.15
_DUTY_VERB = re.compile(r"负责|主管|牵头|会同|召集|職責|責任")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A clause in its place. `score` orders; `cosine` is the best passage's; `quote` the sentence that fits best."""

    stored: StoredClause
    score: float
    cosine: float
    coverage: Coverage
    quote: Span


class Ranker:
    """Ranks the clauses of one library for analysed questions."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def rank(self, question: Question, limit: int, documents: Collection[str] | None = None) -> list[Ranked]:
        """The best clauses for the question's topic, best first, restricted to `documents` when given."""
        found = retrieve(self._library, question.topic, question.language, max(limit, DEPTH), documents)
        clauses = {stored.key: stored for stored in self._library.fetch([each.key for each in found])}
        titles = {document.id: document.title for document in self._library.documents()}
        topic = Topic(self._library, question.topic)
        pool = [
            self._first(each, clauses[each.key], titles[clauses[each.key].document_id], topic, question)
            for each in found
            if each.key in clauses
        ]
        pool.sort(key=lambda draft: (-draft.score, draft.each.key))
        close = [self._ranked(draft, topic, question) for draft in pool[:SOFT_DEPTH]]
        rest = [draft.plain() for draft in pool[SOFT_DEPTH:limit]]
        return [*sorted(close, key=lambda each: (-each.score, each.stored.key)), *rest][:limit]

    def _first(self, each: Candidate, stored: StoredClause, title: str, topic: Topic, question: Question) -> _Draft:
        normalise = self._library.segmenter.normalise
        text = normalise(stored.clause.text)
        context = normalise(" ".join((title, *stored.clause.path)))
        literal = topic.literal(text + context)
        score = each.score + COVERAGE_WEIGHT * literal + TITLE_WEIGHT * topic.literal(_lead(text) + context)
        return _Draft(each, stored, text + context, literal, score + FIT_WEIGHT * fit(question, stored))

    def _ranked(self, draft: _Draft, topic: Topic, question: Question) -> Ranked:
        coverage = topic.coverage(draft.text)
        quote = self.quote(draft.stored, topic)
        score = draft.score + COVERAGE_WEIGHT * (coverage.soft - coverage.literal)
        score += FIT_WEIGHT * quote_fit(question, draft.stored, quote)
        return Ranked(draft.stored, score, draft.each.dense, coverage, quote)

    def quote(self, stored: StoredClause, topic: Topic) -> Span:
        """The sentence of the clause that fits the topic best; ties go to the earlier one."""
        clause = stored.clause
        spans = sentences(clause)
        if len(spans) == 1:
            return spans[0]
        texts = [cut(clause, span) for span in spans]
        vectors = self._library.embedder.passages(texts)
        cosine = vectors @ self._library.embedder.query(" ".join(topic.words) or texts[0])
        literal = np.array([topic.literal(self._library.segmenter.normalise(text)) for text in texts])
        length = np.array([min(len(text), 24) / 24 for text in texts])
        return spans[int(np.argmax(cosine + literal + 0.2 * length))]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A candidate after the first pass: its normalised text with titles, literal coverage and score."""

    each: Candidate
    stored: StoredClause
    text: str
    literal: float
    score: float

    def plain(self) -> Ranked:
        """The candidate without a second look: its quote is its first sentence."""
        coverage = Coverage(self.literal, self.literal, ())
        return Ranked(self.stored, self.score, self.each.dense, coverage, sentences(self.stored.clause)[0])


def fit(question: Question, stored: StoredClause) -> float:
    """The share of what is asked for that the clause can give: units, a number, a time."""
    clause = stored.clause
    fits = {
        "responsibility": float(bool(clause.duties)),
        "quantity": max((figures.unit_fit(question, each) for each in clause.quantities), default=0.0),
        "deadline": float(figures.holds_time(clause)),
    }
    asked = [fits[kind] for kind in question.asked if kind in fits]
    return sum(asked) / len(asked) if asked else 0.0


def quote_fit(question: Question, stored: StoredClause, quote: Span) -> float:
    """Whether the sentence itself gives it: in prose, a unit named there, best with 负责 or 主管."""
    clause = stored.clause
    if "responsibility" not in question.asked or not clause.duties:
        return 0.0
    if clause.statements or clause.duties[0].inherited or "\t" in clause.text:
        return 1.0
    if not any(quote.start <= duty.start < quote.end for duty in clause.duties):
        return 0.0
    return 1.0 if _DUTY_VERB.search(cut(clause, quote)) else 0.5


def _lead(text: str) -> str:
    """The first sentence, which titles most clauses."""
    return text[:60].split("。")[0]
