"""The order of the fused candidates, with what is known about the best of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from corpus.model import Clause, Span
from index.library import Library
from index.records import StoredClause, StoredDocument

from . import figures
from .model import Language
from .question import Question
from .quote import cut, segments, sentences
from .reading import Reader
from .rerank import RERANKED, Reranker, rescored
from .retrieve import Candidate, retrieve
from .soft import nearest
from .terms import Coverage, Topic

OTHERS = 5  # clauses that a lead is measured against: one that says the same elsewhere does not hide it
DEPTH = 30  # clauses that are read closely
SOFT_DEPTH: dict[Language, int] = {"zh": 8, "en": 10}  # of these, read word by word and sentence by sentence
READ = 1500  # characters of a clause that are read closely; a clause longer than that is rare
COVERAGE_WEIGHT = 0.5
FIT_WEIGHT = 0.15
TITLE_WEIGHT = 0.15
_DUTY_VERB = re.compile(r"负责|主管|牵头|会同|召集|職責|責任")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A clause in its place. `score` orders; `cosine` is the best passage's; `quote` the sentence that fits best.

    `near` is the cosine with the topic of the quote or of its nearest part, 0 for a clause that was not read closely; `lead`
    its score over the mean of the next OTHERS, as it is without a reranker: the confidence is calibrated on that.
    """

    stored: StoredClause
    score: float
    cosine: float
    coverage: Coverage
    quote: Span
    near: float = 0.0
    lead: float = 0.0


class Ranker:
    """Ranks the clauses of one library for analysed questions, the first of them also by `reranker` where there is one."""

    def __init__(self, library: Library, reranker: Reranker | None = None) -> None:
        self._library = library
        self._reranker = reranker
        self._reader = Reader(library)

    @property
    def fingerprint(self) -> str:
        """That of the model whose vectors read closely."""
        return self._reader.embedder.fingerprint

    def topic(self, text: str) -> Topic:
        """A topic's words, weighted for this library."""
        return Topic(self._library, self._reader, text)

    def rank(
        self,
        question: Question,
        topic: Topic,
        limit: int,
        held: Mapping[str, StoredDocument],
        documents: Collection[str] | None = None,
    ) -> list[Ranked]:
        """The best clauses for the question's topic, best first, restricted to `documents` when given.

        `held` are the documents by id as the caller knows them; a clause of a document that came or went since is left out.
        """
        found = retrieve(self._library, self._reader.tokens, question, max(limit, DEPTH), held, documents)
        clauses = self._fetch([each.key for each in found[:DEPTH]], held)
        pool = [
            self._first(each, clauses[each.key], held[clauses[each.key].document_id].title, topic, question)
            for each in found[:DEPTH]
            if each.key in clauses
        ]
        pool.sort(key=lambda draft: (-draft.score, draft.each.key))
        depth = SOFT_DEPTH[question.language] if self._reranker is None else RERANKED
        close = _with_leads(self._read(pool[:depth], topic, question), pool, SOFT_DEPTH[question.language])
        if self._reranker is not None:
            close = rescored(self._reranker, question.text, close, held)
        close.sort(key=lambda each: (-each.score, each.stored.key))
        rest = [*pool[depth:], *self._unread(found[DEPTH:limit], held)]
        return [*close, *(draft.plain() for draft in rest[: max(limit - len(close), 0)])][:limit]

    def _fetch(self, keys: Sequence[int], held: Mapping[str, StoredDocument]) -> dict[int, StoredClause]:
        return {stored.key: stored for stored in self._library.fetch(keys) if stored.document_id in held}

    def quote(self, stored: StoredClause, topic: Topic) -> Span:
        """The sentence of the clause that fits the topic best; ties go to the earlier one."""
        spans = sentences(stored.clause)
        vectors = self._reader.embedder.passages([cut(stored.clause, span) for span in spans])
        return spans[self._fitting(stored.clause, spans, vectors @ self._reader.embedder.query(topic.text), topic)]

    def _first(self, each: Candidate, stored: StoredClause, title: str, topic: Topic, question: Question) -> _Draft:
        normalise = self._library.segmenter.normalise
        text = normalise(stored.clause.text[:READ])
        context = normalise(" ".join((title, *stored.clause.path)))
        literal = topic.literal(text + context)
        score = each.score + COVERAGE_WEIGHT * literal + TITLE_WEIGHT * topic.literal(_opening(text) + context)
        return _Draft(each, stored, text + context, literal, score + FIT_WEIGHT * fit(question, stored))

    def _read(self, drafts: Sequence[_Draft], topic: Topic, question: Question) -> list[Ranked]:
        """The drafts with every word and sentence looked at, all of them together."""
        best = nearest(self._reader.tokens, topic.vectors, [draft.text for draft in drafts], topic.modifiers)
        spans = [sentences(draft.stored.clause) for draft in drafts]
        texts = [cut(draft.stored.clause, span) for draft, own in zip(drafts, spans, strict=True) for span in own]
        cosines = self._reader.embedder.passages(texts) @ self._reader.embedder.query(topic.text)
        ranked, at = [], 0
        for draft, best_cosines, own in zip(drafts, best, spans, strict=True):
            near = cosines[at : at + len(own)]
            at += len(own)
            fitting = self._fitting(draft.stored.clause, own, near, topic)
            quote = own[fitting]
            coverage = topic.coverage(draft.text, best_cosines)
            score = draft.score + COVERAGE_WEIGHT * (coverage.soft - draft.literal)
            score += FIT_WEIGHT * quote_fit(question, draft.stored, quote)
            ranked.append(Ranked(draft.stored, score, draft.each.dense, coverage, quote, float(near[fitting])))
        return _nearest_parts(ranked, topic)

    def _fitting(self, clause: Clause, spans: Sequence[Span], cosines: NDArray[np.float32], topic: Topic) -> int:
        if len(spans) == 1:
            return 0
        texts = [cut(clause, span) for span in spans]
        literal = np.array([topic.literal(self._library.segmenter.normalise(text)) for text in texts])
        length = np.array([min(len(text), 24) / 24 for text in texts])
        return int(np.argmax(cosines + literal + 0.2 * length))

    def _unread(self, found: Sequence[Candidate], held: Mapping[str, StoredDocument]) -> list[_Draft]:
        """The long tail in its fused order: below everything that was read."""
        clauses = self._fetch([each.key for each in found], held)
        return [_Draft(each, clauses[each.key], "", 0.0, each.score - 1.0) for each in found if each.key in clauses]


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
        coverage = Coverage(self.literal, self.literal)
        return Ranked(self.stored, self.score, self.each.dense, coverage, sentences(self.stored.clause)[0])


def _nearest_parts(ranked: Sequence[Ranked], topic: Topic) -> list[Ranked]:
    """With the cosine of the quote's nearest part where it is nearer than the whole: a long sentence says more than is asked."""
    parts = [segments(each.stored.clause, each.quote) for each in ranked]
    cosines = iter(
        topic.nearness([cut(each.stored.clause, part) for each, own in zip(ranked, parts, strict=True) for part in own])
    )
    return [
        replace(each, near=max([each.near, *(next(cosines) for _ in own)]))
        for each, own in zip(ranked, parts, strict=True)
    ]


def _with_leads(close: Sequence[Ranked], pool: Sequence[_Draft], depth: int) -> list[Ranked]:
    """The clauses read closely, in the order of the pool, with their leads: of these the first `depth` count as read."""
    usual = [each.score for each in close[:depth]] + [draft.score for draft in pool[depth:]]
    return [replace(each, lead=_lead(usual, place)) for place, each in enumerate(close)]


def _lead(scores: Sequence[float], place: int) -> float:
    others = sorted((*scores[:place], *scores[place + 1 :]), reverse=True)[:OTHERS]
    return scores[place] - fmean(others or [0.0])


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
    inside = [duty.unit for duty in clause.duties if quote.start <= duty.start < quote.end]
    if not inside:
        return 0.0
    said = cut(clause, quote)
    if "主管" in question.text and not ("主管" in said or any("主管" in unit for unit in inside)):
        return 0.4
    return 1.0 if _DUTY_VERB.search(said) else 0.6


def _opening(text: str) -> str:
    """The beginning of a clause up to its first full stop, which titles most clauses."""
    return text[:60].split("。")[0]
