"""Labels beside a library: titles become file names, and a slip of the pen is told from a miss."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.errors import EvalError
from eval.labelled import Labelled, Right
from eval.questions import judge
from eval.scopes import Scopes
from eval.settled import settle
from index import Library
from search import Answer, Hit, Quote
from tests.conftest import MakeDocument

START = "3．推进智慧能源建设（试点）。新建"

Ask = Callable[[str, str], tuple[Labelled, list[str]]]


@pytest.fixture
def ask(library: Library, make_document: MakeDocument) -> Ask:
    """Settles a label with this 文件 and 条款开头 over two plans; gives it and what was doubted."""
    plan = make_document("天津市行动方案（2021—2023年）", f"{START}充电桩。", "4．推进智慧港口。", source="tj-2021.txt")
    other = make_document("南开区工作方案", "1.推进智慧交通。")
    library.add([(plan, "a" * 64), (other, "b" * 64)])

    def ask(doc: str, start: str) -> tuple[Labelled, list[str]]:
        label = Labelled("谁", "zh", "who", doc, (Right(doc, start, None),), None, "", None, "q.xlsx 第 2 行")
        (settled,), doubts = settle([label], lambda _: library)
        return settled, [str(doubt) for doubt in doubts]

    return ask


@pytest.mark.parametrize(
    "name", ["tj-2021.txt", "tj-2021", "《天津市行动方案（2021—2023年）》", "天津市行动方案(2021－2023年) "]
)
def test_a_document_by_file_name_or_title(ask: Ask, name: str) -> None:
    settled, doubts = ask(name, START)
    assert (settled.doc, settled.right[0].doc, doubts) == ("tj-2021.txt", "tj-2021.txt", [])


@pytest.mark.parametrize("start", ["3.推进智慧能源建设(试点)", "３． 推进智慧能源\n建设（试点）。", "3．"])
def test_width_and_white_space_do_not_matter(ask: Ask, library: Library, start: str) -> None:
    settled, doubts = ask("tj-2021.txt", start)
    assert doubts == []
    document = next(each for each in library.documents() if each.source == "tj-2021.txt")
    stored = library.clauses(document.id)[0]
    hit = Hit(1, 1.0, document, stored, Quote("", stored.clause.start, stored.clause.start))
    assert judge(settled, Answer("谁", "zh", "responsibility", True, "", 0.9, (), (hit,))).rank == 1


def test_a_document_that_is_not_there(ask: Ask) -> None:
    assert ask("《南开区工作计划》", "1.")[1] == [
        "标注可能有误：q.xlsx 第 2 行：库里没有文件“《南开区工作计划》”；是不是《南开区工作方案》？"
    ]
    assert "先把它加进库" in ask("垃圾分类条例", "1.")[1][0]


def test_a_clause_that_is_not_there(ask: Ask) -> None:
    assert ask("南开区工作方案", "推进智慧交通")[1] == [
        "标注可能有误：q.xlsx 第 2 行：“南开区工作方案.txt”里没有这样开头的条款：推进智慧交通；最像的一条是：1.推进智慧交通。"
    ]
    assert "最像的一条是：4．推进智慧港口" in ask("tj-2021.txt", "4．推进智能港口")[1][0]
    assert "抄上这一条的前 20 个字" in ask("tj-2021.txt", "第九条 罚则")[1][0]


def test_a_title_that_two_documents_bear(ask: Ask, library: Library, make_document: MakeDocument) -> None:
    library.add([(make_document("南开区工作方案", "1.推进智慧交通。新", source="新.txt"), "c" * 64)])
    settled, doubts = ask("《南开区工作方案》", "1.推进智慧交通")
    assert doubts == []
    assert {right.doc for right in settled.right} == {"南开区工作方案.txt", "新.txt"}


def test_a_question_without_an_answer_is_never_doubted(library: Library, tmp_path: Path) -> None:
    label = Labelled("吃什么", "zh", "no_answer", None, (), None, "", None)
    assert settle([label], lambda _: library) == ([label], [])


@pytest.mark.parametrize("name", ["办法.txt", "办法", "《充电桩管理办法》", "充电桩管理办法"])
def test_one_document_alone_by_file_name_or_title(tmp_path: Path, name: str) -> None:
    documents = tmp_path / "documents" / "2021"
    documents.mkdir(parents=True)
    (documents / "办法.txt").write_text("充电桩管理办法\n第一条 充电桩由市发展改革委负责建设。", encoding="utf-8")
    (documents / "空.txt").write_text("", encoding="utf-8")
    label = Labelled("谁", "zh", "who", name, (Right(name, "第一条", None),), None, "", "doc")
    with Scopes(tmp_path / "work", documents.parent) as scopes:
        (settled,), doubts = settle([label], scopes.library)
        assert (settled.doc, doubts) == ("办法.txt", [])
        assert scopes.library(settled) is scopes.library(label)
        assert [each.source for each in scopes.library(label).documents()] == ["办法.txt"]


def test_one_document_alone_that_is_not_there(tmp_path: Path) -> None:
    label = Labelled("谁", "zh", "who", "没有.txt", (), None, "", "doc", "q.csv 第 2 行")
    with Scopes(tmp_path, None) as scopes, pytest.raises(EvalError, match=r"找不到文件 没有\.txt"):
        scopes.library(label)
