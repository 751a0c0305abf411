from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cutting import WordTable

WORDS = {"充电": 5, "电桩": 1, "充电桩": 3, "停车": 8, "停车场": 4, "车场": 2, "管": 9, "管理": 30, "理": 2}


def test_the_most_probable_path_wins() -> None:
    assert WordTable(WORDS).cut("充电桩停车场管理") == ["充电桩", "停车场", "管理"]


def test_characters_that_are_no_word_stand_alone() -> None:
    assert WordTable(WORDS).cut("甲乙停车") == ["甲", "乙", "停车"]


def test_nothing_gives_nothing() -> None:
    assert WordTable(WORDS).cut("") == []
    assert WordTable({}).cut("甲乙") == ["甲", "乙"]


def test_share_is_the_part_of_all_words_counted() -> None:
    table = WordTable(WORDS)
    assert table.share("管理") == pytest.approx(30 / sum(WORDS.values()))
    assert table.share("充") == table.share("甲") == 0.0
    assert math.fsum(table.share(word) for word in WORDS) == pytest.approx(1)


@given(st.text(alphabet="充电桩停车场管理甲", max_size=30))
def test_the_cut_is_the_one_of_jieba(run: str) -> None:
    from jieba import Tokenizer

    tokenizer = Tokenizer()
    tokenizer.FREQ = {**dict.fromkeys((word[:end] for word in WORDS for end in range(1, len(word))), 0), **WORDS}
    tokenizer.total, tokenizer.initialized = sum(WORDS.values()), True
    assert WordTable(WORDS).cut(run) == list(tokenizer.cut(run, HMM=False))
