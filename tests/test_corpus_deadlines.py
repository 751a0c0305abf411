"""Deadlines: the words as written, the last day meant, and the dates that are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import cell_deadlines, deadlines

Row = tuple[str, str | None]


def rows(text: str, issued_on: str | None = "2021-02-27") -> list[Row]:
    return [(each.text, each.date) for each in deadlines(text, 0, len(text), issued_on=issued_on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2023年，全市建成", [("到2023年", "2023-12-31")]),
        ("2022年6月底前完成", [("2022年6月底前", "2022-06-30")]),
        ("2023年底前", [("2023年底前", "2023-12-31")]),
        ("2024年2月底前", [("2024年2月底前", "2024-02-29")]),
        ("2022年6月前完成", [("2022年6月前", "2022-05-31")]),
        ("在2022年2月5日前如数交还", [("2022年2月5日前", "2022-02-05")]),
        ("应当自印发之日起30日内备案", [("自印发之日起30日内", None)]),
        ("在3个月内办结", [("3个月内", None)]),
        ("48小时内答复", [("48小时内", None)]),
        ("三个工作日内", [("三个工作日内", None)]),
        ("5年内", [("5年内", None)]),
        ("延期最长不超过3个月", [("最长不超过3个月", None)]),
        ("本办法有效期5年", [("有效期5年", None)]),
        ("年底前完成", [("年底前", "2021-12-31")]),
        ("一季度末前报送", [("一季度末前", "2021-03-31")]),
        ("2023年上半年完成", [("2023年上半年", "2023-06-30")]),
        ("每年1月31日前公开", [("每年1月31日前", None)]),
        ("于考核期第2年10月底前报送", [("10月底前", None)]),
        ("“十四五”期间", [("“十四五”期间", "2025-12-31")]),
        ("力争2023年达到60%", [("2023年", "2023-12-31")]),
        ("二〇二五年底前", [("二〇二五年底前", "2025-12-31")]),
        ("（责任单位：市供电公司，完成时限：2023年9月）", [("2023年9月", "2023-09-30")]),
        ("完成时限：持续推进", [("持续推进", None)]),
        ("(完成時(shí)限:2023年9月)", [("2023年9月", "2023-09-30")]),
        ("12\t建平台\t省经信厅\t2026年6月", [("2026年6月", "2026-06-30")]),
        ("12\t建平台\t省经信厅\t持续推进", [("持续推进", None)]),
    ],
)
def test_deadlines(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_the_year_comes_from_the_sentence_then_from_the_document() -> None:
    assert rows("将2020年2月份的申报期限延长至2月24日", None) == [("2月24日", "2020-02-24")]
    assert rows("申报期限延长至2月24日", "2020-02-04") == [("2月24日", "2020-02-24")]
    assert rows("申报期限延长至2月24日", "2020-12-04") == [("2月24日", "2021-02-24")]
    assert rows("申报期限延长至2月24日", None) == [("2月24日", None)]


def test_a_range_of_days_is_one_deadline_with_its_last_day() -> None:
    assert rows("自2020年1月1日至3月31日免征", "2020-02-03") == [("2020年1月1日至3月31日", "2020-03-31")]


@pytest.mark.parametrize(
    "text",
    [
        "《天津市新型基础设施建设三年行动方案（2021—2023年）》",
        "2021年2月27日",
        "津政办发〔2021〕5号",
        "自2021年3月1日起施行",
        "由2017年的1.4%提高到2020年的1.97%",
        "近3年内未受处罚",
        "2019年12月31日前已完成",
        "截至2020年底，全市建成",
        "7×24小时服务",
        "行政区域内",
        "",
    ],
)
def test_dates_that_are_no_deadlines(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026年6月", [("2026年6月", "2026-06-30")]),
        (" 2023年底前完成 ", [("2023年底前完成", "2023-12-31")]),
        ("持续推进", [("持续推进", None)]),
        ("长期坚持", [("长期坚持", None)]),
        ("全年", [("全年", None)]),
        ("无", []),
        ("/", []),
        ("", []),
    ],
)
def test_a_cell_under_a_deadline_heading(cell: str, expected: list[Row]) -> None:
    assert [(each.text, each.date) for each in cell_deadlines(cell, 0, len(cell))] == expected


@given(st.text(alphabet="到至20231一二〇年月日底前内自起完成时限：持续推进个《》“十四五”期间、。 \n\t|", max_size=80))
def test_never_raises_and_spans_are_exact(text: str) -> None:
    for each in (*deadlines(text, 0, len(text), issued_on="2021-02-27"), *cell_deadlines(text, 0, len(text))):
        assert text[each.start : each.end] == each.text != ""


@pytest.mark.parametrize("piece", ["1", "2023年", "自", "自起", "每年", "\t2023年", "时限：", "《", "3个月内"])
def test_long_texts_take_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    deadlines(text, 0, len(text))
    assert time.perf_counter() - started < 5
