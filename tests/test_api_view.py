from __future__ import annotations

import dataclasses

import pytest

from api.view import by_role, first_words, headline, path_of, refusal, tidy
from api.wording import CHINESE, ENGLISH
from corpus.model import Clause
from search.model import Answer, UnitRole

LEAD, OTHER = UnitRole("市工业和信息化局", "lead"), UnitRole("市科技局", "support")


def answer(said: str, *units: UnitRole) -> Answer:
    return Answer("谁负责", "zh", "responsibility", True, said, 0.9, units, ())


def test_the_headline_leaves_out_the_units_that_become_badges() -> None:
    assert headline(answer("牵头单位：市工业和信息化局；配合单位：市科技局。", LEAD, OTHER)) == ""


def test_the_headline_keeps_what_is_said_before_the_units() -> None:
    said = "没有南开区的文件作此规定，以下依据《天津市方案》：责任单位：市科技局。"
    assert headline(answer(said, OTHER)) == "没有南开区的文件作此规定，以下依据《天津市方案》："
    assert headline(answer("新建6000台以上。责任单位：市科技局。", OTHER)) == "新建6000台以上。"


def test_the_headline_is_the_whole_answer_where_no_list_of_units_ends_it() -> None:
    assert headline(answer("由市科技局会同有关单位办理。", OTHER)) == "由市科技局会同有关单位办理。"
    other = dataclasses.replace(answer("3．建设。（责任单位：市科技局）", OTHER), kind="clause")
    assert headline(other) == "3．建设。（责任单位：市科技局）"
    assert headline(answer("6000台以上")) == "6000台以上"


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("已收录的文件没有作此规定。下面是最接近的条款。", ("已收录的文件没有作此规定。", "下面是最接近的条款。")),
        ("已收录的文件没有作此规定。", ("已收录的文件没有作此规定。", "")),
        (
            "No document says so. The nearest are shown. Read them.",
            ("No document says so.", "The nearest are shown. Read them."),
        ),
        ("No document says so.", ("No document says so.", "")),
    ],
)
def test_a_refusal_says_first_that_it_is_one(said: str, parts: tuple[str, str]) -> None:
    assert refusal(answer(said)) == parts


def test_units_come_under_their_roles_with_leaders_first_and_once() -> None:
    assert by_role([OTHER, LEAD, OTHER]) == [("lead", ["市工业和信息化局"]), ("support", ["市科技局"])]


def test_a_path_is_one_line() -> None:
    assert path_of(Clause(0, "3．", ("一、任务", "（二）能源", "3．"), "", 0, 0)) == "一、任务 › （二）能源 › 3．"


def test_first_words_say_that_there_is_more() -> None:
    assert first_words("　建设\n充电桩 ", 6) == "建设 充电桩"
    assert first_words("建设公共充电桩", 6) == "建设公共充…"


def test_confidence_in_words() -> None:
    assert [CHINESE.certainty(value) for value in (0.9, 0.7, 0.5)] == [
        "可信度高",
        "可信度较高",
        "可信度较低，请核对原文",
    ]


def test_both_languages_know_the_same_roles_kinds_and_outcomes() -> None:
    for name in ("roles", "kinds", "outcomes"):
        assert getattr(CHINESE, name).keys() == getattr(ENGLISH, name).keys()
    assert {field.name for field in dataclasses.fields(CHINESE) if not getattr(CHINESE, field.name)} == {"problems"}


def test_tidy_text_has_no_blank_lines_and_no_indents() -> None:
    assert tidy("（一）加强领导　\n\n　　各区要压实责任。\n") == "（一）加强领导\n各区要压实责任。\n"
