"""Soft term matching, on a table of a few tokens whose scores can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers

from index.embedder import StaticEmbedder
from index.training import automaton, export, parts
from search import soft
from search.soft import Tokens, soft_scores

ROWS = {
    "<unk>": (0.0, 0.0, 0.0),
    "充电桩": (0.6, 0.8, 0.0),
    "充电": (1.0, 0.0, 0.0),
    "桩": (0.0, 1.0, 0.0),
    "停车": (0.0, 0.0, 1.0),
    "charging": (2.0, 0.0, 0.0),
    "power": (0.4, 0.0, 0.9165151),
}


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    folder = tmp_path_factory.mktemp("table")
    tokenizer = Tokenizer(models.Unigram([(token, -float(i)) for i, token in enumerate(ROWS)], 0, False))
    tokenizer.normalizer = normalizers.NFKC()
    made = parts.parts(list(ROWS))
    words = parts.words(list(ROWS), made)
    rows = np.array(list(ROWS.values()), dtype=np.float32)
    export.write(folder, rows, tokenizer, automaton.lattice(tokenizer), words)
    return Tokens(StaticEmbedder(folder))


def test_the_same_word_counts_whole_and_another_not_at_all(tokens: Tokens) -> None:
    assert soft_scores(tokens, "停车", ["停车", "充电", "充电停车", ""]).tolist() == [1, 0, 1, 0]


def test_a_near_word_counts_by_its_cosine(tokens: Tokens) -> None:
    # cos(charging, power) = 0.4, half way from 0.2 to 0.6
    assert soft_scores(tokens, "charging", ["power"]) == pytest.approx([0.5], abs=0.01)


def test_a_compound_is_answered_for_by_its_parts(tokens: Tokens) -> None:
    # cos(charging, 充电桩) = 0.6 is the ceiling already; its part 充电 stands in the same direction
    assert soft_scores(tokens, "charging", ["充电桩"]) == pytest.approx([1], abs=0.01)
    assert soft_scores(tokens, "power", ["充电桩"]) == pytest.approx(
        [0.5], abs=0.01
    )  # by 充电: 0.4; as a whole only 0.24


def test_longer_rows_weigh_more(tokens: Tokens) -> None:
    # charging weighs 2, 停车 weighs 1
    scores = soft_scores(tokens, "charging 停车", ["充电", "停车"])
    assert scores == pytest.approx([2 / 3, 1 / 3], abs=0.01)


def test_without_a_known_word_all_texts_score_nothing(tokens: Tokens) -> None:
    assert soft_scores(tokens, "？！", ["充电", "停车"]).tolist() == [0, 0]
    assert soft_scores(tokens, "充电", []).tolist() == []


def test_another_word_counts_less_where_the_word_itself_can_be_expected(tokens: Tokens) -> None:
    # cos(充电桩, 充电) = 0.6 is the ceiling, and still less than the word itself
    assert soft_scores(tokens, "充电桩", ["充电", "充电桩"], other=0.8) == pytest.approx([0.8, 1], abs=0.01)


def test_texts_that_were_cut_before_keep_their_tokens_among_new_ones(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soft, "KEPT", 3)
    texts = ["充电", "停车", "充电停车", "", "充电"]
    for some in (texts[:2], texts[1:], texts):  # the last do not fit beside those kept
        ids, ends = tokens.cut(some)
        expected_ids, expected_ends = tokens.table.cut(some)
        assert ids.tolist() == expected_ids.tolist()
        assert ends.tolist() == expected_ends.tolist()


def test_a_token_that_is_set_apart_does_not_count(tokens: Tokens) -> None:
    asked = tokens.table.passages(["充电桩"])
    modifier = tokens.table.cut(["充电"])[0]
    assert soft.nearest(tokens, asked, ["充电"])[0, 0] == pytest.approx(0.6, abs=0.01)
    assert soft.nearest(tokens, asked, ["充电", "充电桩"], [modifier])[:, 0] == pytest.approx([0, 1], abs=0.01)
