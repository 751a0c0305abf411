"""Labelled questions: reading them, judging an answer, and the project's own set over the bundled plans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import Clause, parse, plans, read
from eval.errors import EvalError
from eval.labelled import Labelled, Right, own_questions, read_questions
from eval.questions import by_type, judge, summary
from index.records import StoredClause, StoredDocument
from search import Answer, Hit, Quote, UnitRole

CHARGING = "3．推进智慧能源建设。新建公共充电桩6000台以上。"
PARKING = "2.推进智慧交通建设。打造智慧停车系统项目。"


def label(**changes: object) -> Labelled:
    values: dict[str, object] = {
        "q": "谁负责充电桩",
        "lang": "zh",
        "type": "who",
        "doc": "plan.txt",
        "right": (Right("plan.txt", "3．推进智慧能源建设。", ("市发展改革委", "市委网信办")),),
        "units": ("市发展改革委", "市委网信办"),
        "answer": "市发展改革委、市委网信办",
        "scope": "seeds",
    }
    return Labelled(**(values | changes))  # type: ignore[arg-type]


def unanswerable() -> Labelled:
    return label(q="今天吃什么", type="no_answer", doc=None, right=(), units=None, answer="no answer")


def answer(*texts: str, units: tuple[str, ...] = (), answered: bool = True, words: str = "") -> Answer:
    hits = tuple(_hit(rank, text) for rank, text in enumerate(texts, start=1))
    roles = tuple(UnitRole(unit, "responsible") for unit in units)
    return Answer("谁负责充电桩", "zh", "responsibility" if answered else "none", answered, words, 0.9, roles, hits)


def _hit(rank: int, text: str) -> Hit:
    document = StoredDocument("d" * 10, "方案", None, None, None, None, "现行有效", "plan.txt", "2022-01-01", 2)
    stored = StoredClause(rank, f"{'d' * 10}-{rank}", document.id, Clause(rank, "", (), text, 0, len(text)))
    return Hit(rank, 1.0, document, stored, Quote(text, 0, len(text)))


def test_the_right_clause_second_with_its_units_in_order() -> None:
    outcome = judge(label(), answer(PARKING, CHARGING, units=("市发展改革委", "市委网信办")))
    assert (outcome.rank, outcome.units_exact, outcome.right) == (2, True, False)


def test_units_in_another_order_are_wrong() -> None:
    outcome = judge(label(), answer(CHARGING, units=("市委网信办", "市发展改革委")))
    assert (outcome.rank, outcome.units_exact, outcome.right) == (1, False, False)


def test_white_space_in_a_clause_does_not_matter() -> None:
    assert judge(label(), answer("3．推进智慧 能源\n建设。", units=("市发展改革委", "市委网信办"))).right


def test_a_clause_that_is_also_right_brings_its_own_units() -> None:
    also = Right("plan.txt", "2.推进智慧交通建设。", ("区城管委",))
    outcome = judge(label(right=(*label().right, also)), answer(PARKING, units=("区城管委",)))
    assert (outcome.rank, outcome.units_exact) == (1, True)


def test_the_same_clause_of_another_document_is_wrong() -> None:
    wrong = label(right=(Right("other.txt", "3．推进智慧能源建设。", None),), units=None)
    assert judge(wrong, answer(CHARGING)).rank is None


def test_an_unanswerable_question_must_be_refused() -> None:
    assert judge(unanswerable(), answer(CHARGING, answered=False)).right
    assert not judge(unanswerable(), answer(CHARGING)).right


def test_numbers_of_the_label_are_looked_for_in_the_reply() -> None:
    number = label(type="number", units=None, answer="6000台以上")
    assert judge(number, answer(CHARGING, words="新建公共充电桩６０００台以上")).figures_said is True
    assert judge(number, answer(PARKING, words="没有")).figures_said is False
    assert judge(label(), answer(CHARGING)).figures_said is None


def test_the_summary_counts_each_question_once() -> None:
    right, second = ("市发展改革委", "市委网信办"), (PARKING, CHARGING)
    outcomes = [
        judge(label(), answer(CHARGING, units=right)),
        judge(label(lang="en"), answer(*second, units=right)),
        judge(label(), answer(PARKING, answered=False)),
        judge(unanswerable(), answer(PARKING, answered=False)),
        judge(unanswerable(), answer(PARKING)),
    ]
    assert summary(outcomes) == {
        "first": pytest.approx(1 / 3),
        "first_five": pytest.approx(2 / 3),
        "MRR@10": pytest.approx((1 + 1 / 2 + 0) / 3),
        "units_exact": pytest.approx(2 / 3),
        "figures_said": None,
        "no_answer_refused": 0.5,
        "answerable_refused": pytest.approx(1 / 3),
        "english_first_five": 1.0,
    }
    assert by_type(outcomes)["no_answer"]["n"] == 2


def test_reading_a_file(tmp_path: Path) -> None:
    row = {"q": "谁负责", "lang": "zh", "type": "who", "doc": "a.txt", "clause_start": ["1. 甲"], "units": ["甲局"]}
    also = {"also_ok": [{"doc": "b.txt", "clause_start": "2.乙"}]}
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(row | also, ensure_ascii=False) + "\n\n", encoding="utf-8")
    (question,) = read_questions(path)
    assert question.right == (Right("a.txt", "1.甲", ("甲局",)), Right("b.txt", "2.乙", ("甲局",)))
    assert (question.scope, question.answerable) == (None, True)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("q.jsonl", "{", "第 1 行：不是 JSON"),
        ("q.jsonl", '{"q": " "}', "缺少问题 q"),
        ("q.jsonl", '{"q": "谁", "scope": "none"}', "scope 应当是"),
        ("q.jsonl", "", "没有问题"),
        ("q.docx", "", "不认识的格式 .docx"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvalError, match=said) as raised:
        read_questions(path)
    assert str(path) in str(raised.value)


def test_own_questions_point_at_clauses_that_exist() -> None:
    starts = {
        path.name: ["".join(clause.text.split()) for clause in parse(read(path.name, path.read_bytes())).clauses]
        for path in plans.paths()
    }
    questions = own_questions()
    assert len(questions) >= 60
    assert {question.type for question in questions} >= {"who", "number", "deadline", "keyword", "no_answer"}
    for question in questions:
        for right in question.right:
            assert any(text.startswith(right.start) for text in starts[right.doc]), question.q
