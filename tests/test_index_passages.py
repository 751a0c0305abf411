from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Clause, Span
from index import Embedder
from index.passages import CLAUSE_WEIGHT, CONTEXT_WEIGHT, MOST, blend, context, embed, passages, short_title


def clause(text: str, *statements: Span, number: str = "", start: int = 0) -> Clause:
    return Clause(0, number, ("方案", "二、任务"), text, start, start + len(text), statements=statements)


def test_offsets_count_in_the_document() -> None:
    (passage,) = passages(clause("1.建设充电桩。", number="1.", start=100))
    assert (passage.start, passage.end, passage.text) == (100, 108, "建设充电桩。")


def test_short_sentences_share_a_passage_and_long_ones_stand_alone() -> None:
    first, second, third = "甲" * 25 + "。", "乙" * 25 + "。", "丙" * 25 + "。"
    assert [passage.text for passage in passages(clause(first + second + third))] == [first + second, third]


def test_a_long_sentence_is_cut_at_semicolons() -> None:
    text = "甲" * 40 + "；" + "乙" * 40 + "。"
    assert [passage.text for passage in passages(clause(text))] == ["甲" * 40 + "；", "乙" * 40 + "。"]


def test_the_duty_statement_is_in_no_passage() -> None:
    text = "建设充电桩。（责任单位：市发展改革委）继续推进。"
    found = passages(clause(text, Span(6, 19)))
    assert [passage.text for passage in found] == ["建设充电桩。", "继续推进。"]


def test_a_clause_that_is_only_a_statement_still_has_one_passage() -> None:
    text = "（责任单位：市发展改革委）"
    (passage,) = passages(clause(text, Span(0, len(text))))
    assert (passage.start, passage.end, passage.text) == (0, len(text), "")


@given(st.text(alphabet="甲乙a1，；。！\n ”", min_size=1, max_size=400))
def test_passages_are_in_order_within_bounds_and_lose_no_word(text: str) -> None:
    found = passages(clause(text))
    assert all(passage.end - passage.start <= MOST or not passage.text for passage in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    told = "".join(text[passage.start : passage.end] for passage in found)
    assert [char for char in told if char.isalnum()] == [char for char in text if char.isalnum()]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("某市人民政府关于印发《某市智慧城市方案》的通知", "某市智慧城市方案"),
        ("关于加强养老服务的意见", "加强养老服务"),
        ("某市数字经济促进条例", "某市数字经济促进条例"),
    ],
)
def test_short_title(title: str, short: str) -> None:
    assert short_title(title) == short


def test_context_is_the_title_and_the_headings_without_the_own_number() -> None:
    numbered = Clause(0, "3．", ("某方案", "二、任务", "3．"), "3．甲", 0, 3)
    assert context("某方案", numbered) == "某方案 二、任务"


def test_blend_weighs_passage_clause_and_context_and_keeps_silence() -> None:
    own, whole, around = np.eye(3, dtype=np.float32)
    mixed = blend(np.stack([own, own * 0]), np.stack([whole, whole * 0]), np.stack([around, around * 0]))
    assert np.linalg.norm(mixed[0]) == pytest.approx(1)
    assert mixed[0] / mixed[0, 0] == pytest.approx([1, CLAUSE_WEIGHT, CONTEXT_WEIGHT])
    assert not mixed[1].any()


def test_embed_gives_one_row_a_passage(embedder: Embedder) -> None:
    embedded = embed(embedder, "某方案", [clause("建设充电桩。"), clause("甲" * (MOST - 1) + "。" + "乙" * 50 + "。")])
    assert embedded.spans.tolist() == [[0, 0, 6], [1, 0, MOST], [1, MOST, MOST + 51]]
    assert embedded.vectors.shape == (3, 64)
    assert embedded.vectors.dtype == np.float16


def test_passages_of_one_clause_differ_though_they_share_the_clause(embedder: Embedder) -> None:
    embedded = embed(embedder, "某方案", [clause("建设充电桩设施。" * 7 + "\n" + "培训基层干部。" * 8)])
    question = embedder.query("培训基层干部")
    scores = embedded.vectors.astype(np.float32) @ question
    assert len(scores) == 2
    assert scores[1] > scores[0]


def test_embed_takes_a_document_without_clauses(embedder: Embedder) -> None:
    assert embed(embedder, "空", []).vectors.shape == (0, 64)
