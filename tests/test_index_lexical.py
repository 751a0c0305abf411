from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from corpus.model import Document
from index import Library
from index.lexical import HEADING_WEIGHT

WORDS = ["充电桩", "停车场", "垃圾", "养老", "基站", "补贴", "就业", "培训", "应急", "图书馆"]
K1, B = 1.2, 0.75


def bm25(question: Sequence[str], field: Sequence[str], fields: Sequence[Sequence[str]]) -> float:
    """Σ over terms of ln(1 + (N − n + 0.5) / (n + 0.5)) · f (k1 + 1) / (f + k1 (1 − b + b · |d| / mean |d|))."""
    counts, mean = Counter(field), sum(map(len, fields)) / len(fields)
    score = 0.0
    for term in question:
        holding = sum(term in other for other in fields)
        rarity = math.log(1 + (len(fields) - holding + 0.5) / (holding + 0.5))
        frequency = counts[term]
        score += rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * len(field) / mean))
    return score


@pytest.fixture
def texts() -> list[str]:
    """Clauses short enough for tantivy to keep their lengths exactly (it rounds those above 40 terms)."""
    chosen = random.Random(7)
    return ["，".join(chosen.choices(WORDS, k=chosen.randint(1, 8))) for _ in range(60)]


@pytest.fixture
def filled(library: Library, make_document: Callable[..., Document], texts: list[str]) -> Library:
    titles = ["充电桩方案", "停车场办法", "垃圾条例"]
    library.add([(make_document(title, *texts[i::3]), str(i) * 64) for i, title in enumerate(titles)])
    return library


def expected(library: Library, question: Sequence[str]) -> list[tuple[int, float]]:
    stored = [clause for document in library.documents() for clause in library.clauses(document.id)]
    topics = [library.segmenter.terms(each.clause.text) for each in stored]
    titles = {document.id: library.segmenter.terms(document.title) for document in library.documents()}
    headings = [titles[each.document_id] for each in stored]
    scores = [
        bm25(question, topic, topics) + HEADING_WEIGHT * bm25(question, heading, headings)
        for topic, heading in zip(topics, headings, strict=True)
    ]
    keyed = [(each.key, score) for each, score in zip(stored, scores, strict=True) if score > 0]
    return sorted(keyed, key=lambda pair: (-round(pair[1], 4), pair[0]))


@pytest.mark.parametrize("question", ["充电桩", "垃圾养老", "图书馆补贴基站", "停车场的培训"])
def test_ranks_like_bm25_worked_out_by_hand(filled: Library, question: str) -> None:
    terms = filled.segmenter.query_terms(question)
    found = filled.lexical(terms, 100)
    worked_out = expected(filled, terms)
    assert [hit.score for hit in found] == pytest.approx([score for _, score in worked_out], rel=1e-3)
    assert {hit.clause_key for hit in found} == {key for key, _ in worked_out}
    ordered = [(-round(hit.score, 5), hit.clause_key) for hit in found]
    assert ordered == sorted(ordered)


def test_a_limit_cuts_the_same_list(filled: Library) -> None:
    terms = filled.segmenter.query_terms("养老就业")
    assert filled.lexical(terms, 7) == filled.lexical(terms, 100)[:7]
    assert filled.lexical(terms, 0) == []


def test_equal_scores_come_in_the_order_of_the_keys(library: Library, make_document: Callable[..., Document]) -> None:
    library.add([(make_document("方案", *["建设停车场。"] * 90), "0" * 64)])
    keys = [hit.clause_key for hit in library.lexical(["停车场"], 5)]
    assert keys == [stored.key for stored in library.clauses("0" * 10)[:5]]


def test_headings_count_less_than_the_clause(library: Library, make_document: Callable[..., Document]) -> None:
    library.add(
        [(make_document("养老办法", "发放补贴。"), "1" * 64), (make_document("补贴办法", "养老机构。"), "2" * 64)]
    )
    assert [hit.clause_key for hit in library.lexical(library.segmenter.query_terms("养老"), 5)] == [2, 1]


def test_a_term_given_twice_counts_twice(filled: Library) -> None:
    once, twice = filled.lexical(["垃圾"], 1)[0].score, filled.lexical(["垃圾", "垃圾"], 1)[0].score
    assert twice == pytest.approx(2 * once, rel=1e-4)


def test_unknown_terms_find_nothing(filled: Library) -> None:
    assert filled.lexical(["量子"], 5) == []
    assert filled.lexical([], 5) == []
