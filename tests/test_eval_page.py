"""The report as a person opens it: everything in one file, every miss with both sides, nothing unescaped."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from xml.etree import ElementTree

import pytest

from corpus import Clause
from eval import plots
from eval.asking import Asked
from eval.labelled import Labelled, Right
from eval.page import page
from eval.questions import judge
from eval.settled import Doubt
from index.records import StoredClause, StoredDocument
from search import Answer, Hit, Quote, UnitRole

PARKING = "2.推进智慧停车。<script>alert(1)</script>"
CHARGING = "3．推进充电桩建设。"


def outcome(
    q: str,
    *texts: str,
    units: tuple[str, ...] = (),
    answered: bool = True,
    confidence: float = 0.9,
    answerable: bool = True,
) -> object:
    right = (Right("plan.txt", CHARGING, ("甲局", "乙局")),) if answerable else ()
    kind = "who" if answerable else "no_answer"
    label = Labelled(
        q, "zh", kind, "plan.txt" if answerable else None, right, ("甲局", "乙局") if answerable else None, "", None
    )
    hits = tuple(hit(rank, text) for rank, text in enumerate(texts, start=1))
    roles = tuple(UnitRole(name, "responsible") for name in units)
    return judge(label, Answer(q, "zh", "responsibility", answered, "答复", confidence, roles, hits))


def hit(rank: int, text: str) -> Hit:
    document = StoredDocument("d" * 10, "方案 & 计划", None, None, None, None, "现行有效", "plan.txt", "2022-01-01", 2)
    stored = StoredClause(rank, f"{'d' * 10}-{rank}", document.id, Clause(rank, "", ("一、总则",), text, 0, len(text)))
    return Hit(rank, 1.0, document, stored, Quote(text, 0, len(text)))


RIGHT = outcome("谁负责充电桩", CHARGING, units=("甲局", "乙局"))
SECOND = outcome("谁管<b>充电</b>", PARKING, CHARGING, units=("甲局", "丙局"))
ORDER = outcome("充电归谁", CHARGING, units=("乙局", "甲局"))
REFUSED = outcome("哪家建桩", answered=False, confidence=0.1)
SPOKE = outcome("吃什么", PARKING, units=("丁局",), answerable=False)
QUIET = outcome("几点了", answered=False, confidence=0.0, answerable=False)


def report(*outcomes: object, doubts: list[Doubt] | None = None) -> str:
    return page(Asked(list(outcomes), doubts or [], "static-1"), "问题<七月>.xlsx", datetime(2022, 3, 1, 8, 30))  # type: ignore[arg-type]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S)).split())


def test_it_is_one_file_that_loads_nothing_and_runs_nothing() -> None:
    html = report(RIGHT, SECOND)
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|https?:", html)
    assert "问题&lt;七月&gt;.xlsx" in html
    assert "谁管&lt;b&gt;充电&lt;/b&gt;" in html


def test_it_is_well_formed() -> None:
    html = report(RIGHT, SECOND, ORDER, REFUSED, SPOKE, QUIET, doubts=[Doubt("谁", "/tmp/q.xlsx 第 2 行", "没有")])
    body = re.sub(r"<meta[^>]*>|<!doctype html>|<style>.*?</style>", "", html, flags=re.S)
    ElementTree.fromstring(body)


def test_every_miss_shows_both_sides_with_the_units_that_differ() -> None:
    html = report(RIGHT, SECOND)
    text = words(html)
    assert "2 个问题， 1 个全对 ， 1 个有错" in text
    assert "正确条款排在第 2 单位不全对" in text
    assert '<mark data-how="缺">乙局</mark>' in html
    assert '<mark data-how="多">丙局</mark>' in html
    assert "<mark data-how" not in report(RIGHT)
    assert "✓ 正确条款 《方案 & 计划》 一、总则" in text


@pytest.mark.parametrize(
    ("missed", "reason"),
    [
        (ORDER, "单位相同，次序不同"),
        (REFUSED, "有答案，却拒答了"),
        (REFUSED, "没有找到任何条款"),
        (SPOKE, "该拒答，却回答了"),
        (SPOKE, "拒答：没有文件能回答"),
    ],
)
def test_why_it_is_wrong_is_said(missed: object, reason: str) -> None:
    assert reason in words(report(missed))


def test_without_a_miss_it_says_so() -> None:
    text = words(report(RIGHT, QUIET))
    assert "2 个问题， 全部答对" in text
    assert "没有答错的问题。" in text


def test_only_questions_without_an_answer() -> None:
    text = words(report(QUIET))
    assert "无答案的拒答 100% 1 / 1 题" in text
    assert "首条即对 100%" not in text
    assert "正确条款排在第几" not in text


def test_doubtful_labels_stand_at_the_top_without_their_folder() -> None:
    text = words(report(SECOND, doubts=[Doubt("谁管<b>充电</b>", "/home/me/q.xlsx 第 2 行", "没有这样开头的条款")]))
    assert "1 处标注可能有误" in text
    assert "“谁管<b>充电</b>”：没有这样开头的条款 q.xlsx 第 2 行" in text
    assert "/home/me" not in text


def test_figures_and_plots_by_hand() -> None:
    outcomes = [RIGHT, SECOND, ORDER, REFUSED, SPOKE, QUIET]
    shares = {each.name: (each.count, each.n) for each in plots.headlines(outcomes)}  # type: ignore[arg-type]
    assert shares == {
        "全对": (2, 6),
        "首条即对": (2, 4),
        "前五条内": (3, 4),
        "单位全对": (1, 4),
        "无答案的拒答": (1, 2),
        "有答案的误拒": (1, 4),
    }
    bars = {each.name: (each.count, each.length) for each in plots.ranks(outcomes)}  # type: ignore[arg-type]
    assert (bars["第 1"], bars["第 2"], bars["没找到"]) == ((2, 100), (1, 50), (1, 50))
    right, wrong, without = plots.confidences(outcomes)  # type: ignore[arg-type]
    assert (right.n, wrong.n, without.n) == (1, 3, 2)
    # .9 is in the bin from 90 percent, two of them answered; .1 in the bin from 10 percent, refused.
    assert [(each.left, each.answered, each.refused) for each in wrong.columns] == [(10, 0, 50), (90, 100, 0)]
