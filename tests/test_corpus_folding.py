"""The reading view: one spelling, no scraper noise, true offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold, unwrapped


def test_punctuation_and_grammar_words_get_one_spelling_and_the_text_stays_as_written() -> None:
    view = fold("〔責任單位：市財政局；區教育局〕", 0, 16)
    assert view.text == "(责任单位:市财政局;区教育局)"
    assert view.written(6, 10) == "市財政局"


def test_pinyin_between_characters_is_left_out() -> None:
    text = "市發(fā)展改革委（PON）"
    view = fold(text, 0, len(text))
    assert view.text == "市发展改革委(PON)"
    assert view.span(0, 6) == (0, 10)


def test_only_long_lines_are_unwrapped() -> None:
    heading = "（一）强化组织推动\n各区要建立机制。"
    assert "\n" in unwrapped(fold(heading, 0, len(heading))).text
    wrapped = "为贯彻落实国家和省有关部署要求，切实做好各项重点工作，由市发展改\n革委负责。"
    view = unwrapped(fold(wrapped, 0, len(wrapped)))
    assert "市发展改革委负责" in view.text
    assert wrapped[view.at[-1]] == "。"


@given(st.text(alphabet="責任（）(zé)市局\n \u200b*，;", max_size=60), st.data())
def test_every_kept_character_keeps_its_offset(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    view = fold(text, start, end)
    assert len(view.text) == len(view.raw) == len(view.at)
    assert [text[at] for at in view.at] == list(view.raw)
    assert list(view.at) == sorted(set(view.at))
    assert all(start <= at < end for at in view.at)
