from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Segmenter

segmenter = Segmenter()


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("責(zé)任單(dān)位", "责任单位"),
        ("責（zé）任", "责任"),
        ("第二十三条", "第23条"),
        ("第 十二 条", "第 十二 条"),
        ("三十家企业", "30家企业"),
        ("二〇二一年", "2021年"),
        ("百分之三十以上", "30%以上"),
        ("三万台", "3万台"),
        ("５Ｇ基站", "5g基站"),
        ("一网通办", "一网通办"),
        ("十四五规划", "十四五规划"),
        ("千家万户", "千家万户"),
        ("第三方机构", "第三方机构"),
        ("一个窗口", "一个窗口"),
        ("专精特新（SME）", "专精特新(sme)"),
    ],
)
def test_one_spelling_for_the_same_thing(written: str, normal: str) -> None:
    assert segmenter.normalise(written) == normal


def test_an_address_is_one_term_and_never_part_of_another() -> None:
    assert segmenter.terms("第十二条") == segmenter.terms("第12条") == ["第12条"]
    assert segmenter.terms("第二十三条") == ["第23条"]
    assert not {"第3条", "3条", "~三条"} & set(segmenter.terms("依照第二十三条办理"))


@pytest.mark.parametrize(
    "term", ["充电桩", "新基建", "放管服", "一网通办", "专精特新", "发展改革委", "责任单位", "高标准农田"]
)
def test_words_of_the_genre_stay_whole(term: str) -> None:
    assert term in segmenter.words(f"加快推进{term}工作")


def test_bigrams_stand_beside_the_words_and_are_marked() -> None:
    assert segmenter.terms("谁负责充电桩") == ["谁", "负责", "充电桩", "~谁负", "~负责", "~责充", "~充电", "~电桩"]


def test_no_term_reaches_across_punctuation() -> None:
    assert "~桩停" not in segmenter.terms("充电桩，停车场")


def test_english_words_are_found_in_the_plural_too() -> None:
    assert segmenter.words("Charging Piles and policies, business bus 5G") == [
        "charging", "pile", "and", "policy", "business", "bus", "5g"
    ]  # fmt: skip


def test_query_terms_come_once() -> None:
    assert segmenter.query_terms("停车停车") == ["停车", "~停车", "~车停"]


@given(st.text(max_size=60))
def test_any_text_gives_terms_without_white_space(text: str) -> None:
    terms = segmenter.terms(text)
    assert all(term and not any(char.isspace() for char in term) for term in terms)


@given(st.text(alphabet="第一二三十百千万零〇条款项家个年月的、0123456789", max_size=12))
def test_normalising_again_changes_nothing(text: str) -> None:
    once = segmenter.normalise(text)
    assert segmenter.normalise(once) == once


def test_two_segmenters_agree_on_their_fingerprint() -> None:
    assert Segmenter().fingerprint == segmenter.fingerprint
