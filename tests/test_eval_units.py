"""Labelled clauses against the parser, with the figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import Clause, Deadline, Document, Duty, Heading
from eval.errors import EvalError
from eval.kept import kept
from eval.units import Compared, Expected, compare, precision_recall, read_expected, report


def expected(units: dict[str, str], style: str = "label_bracket", deadline: str | None = None) -> Expected:
    return Expected("a.txt", "1.甲", (), tuple(units), units, deadline, style)


def clause(*duties: tuple[str, str], deadlines: tuple[str, ...] = ()) -> Clause:
    return Clause(
        0,
        "1.",
        (),
        "1.甲",
        0,
        3,
        duties=tuple(Duty(unit, role, 0, 1) for unit, role in duties),  # type: ignore[arg-type]
        deadlines=tuple(Deadline(text, None, 0, 1) for text in deadlines),
    )


def document(text: str, clauses: list[tuple[int, int]], headings: list[tuple[int, int]]) -> Document:
    return Document(
        "题",
        None,
        None,
        None,
        None,
        "现行有效",
        "a.txt",
        text,
        tuple(Heading(text[start:end], start, end, 1) for start, end in headings),
        tuple(Clause(n, "", (), text[start:end], start, end) for n, (start, end) in enumerate(clauses)),
    )


def test_exact_means_the_same_units_in_the_same_order() -> None:
    wanted = expected({"甲局": "lead", "乙局": "support"})
    assert Compared(wanted, clause(("甲局", "lead"), ("乙局", "support"))).exact
    assert not Compared(wanted, clause(("乙局", "support"), ("甲局", "lead"))).exact
    assert not Compared(wanted, None).exact


def test_precision_and_recall_over_all_clauses_together() -> None:
    rows = [
        Compared(expected({"甲局": "lead", "乙局": "support"}), clause(("甲局", "lead"))),
        Compared(expected({"丙局": "responsible"}), clause(("丙局", "responsible"), ("丁局", "responsible"))),
        Compared(expected({}, "none"), clause()),
    ]
    assert precision_recall(rows) == (2 / 3, 2 / 3)  # found 甲丙丁, right 甲丙; labelled 甲乙丙, found 甲丙


def test_the_report_by_style_with_roles_and_prose() -> None:
    rows = [
        Compared(expected({"甲局": "lead", "乙局": "support"}), clause(("甲局", "lead"), ("乙局", "lead"))),
        Compared(expected({"丙局": "responsible"}, "prose"), clause(("丙局", "responsible"), ("丁局", "responsible"))),
    ]
    result = report(rows)
    assert result["measures"]["exact"] == 0.5
    assert result["measures"]["roles"] == pytest.approx(2 / 3)
    assert result["measures"]["prose_f1"] == pytest.approx(2 * (1 / 2) * 1 / (1 / 2 + 1))
    assert result["styles"]["label_bracket"]["exact"] == 1
    assert [row["style"] for row in result["wrong"]] == ["label_bracket", "prose"]


def test_a_deadline_counts_with_or_without_its_year() -> None:
    assert Compared(expected({}, deadline="2020年2月24日"), clause(deadlines=("2月24日",))).deadline() is True
    assert Compared(expected({}, deadline="2023年"), clause(deadlines=("到2023年",))).deadline() is True
    both = expected({}, deadline="2020年2月底前（优先支持）；3月底前")
    assert Compared(both, clause(deadlines=("2月底前",))).deadline() is False
    assert Compared(expected({}), clause()).deadline() is None


def test_of_two_clauses_that_start_alike_the_path_decides() -> None:
    texts = document("1.甲一\n1.甲二", [(0, 4), (5, 9)], [])
    paths = [("一、", "1."), ("二、", "1.")]
    clauses = tuple(
        Clause(each.ordinal, "1.", path, each.text, each.start, each.end)
        for each, path in zip(texts.clauses, paths, strict=True)
    )
    held = Document("题", None, None, None, None, "现行有效", "a.txt", texts.text, (), clauses)
    (found,) = compare([Expected("a.txt", "1.甲", ("二、",), (), {}, None, "none")], {"a.txt": held})
    assert found.clause is not None
    assert found.clause.text == "1.甲二"


def test_kept_counts_characters_in_exactly_one_place() -> None:
    text = "题 目\n甲乙丙\n丁"
    whole = document(text, [(4, 7), (8, 9)], [(0, 3)])
    torn = document(text, [(4, 7), (6, 7)], [(0, 3)])
    assert list(kept([("a", whole), ("b", torn)])) == [("a", 6, 6, 0), ("b", 6, 4, 1)]


def test_a_row_without_its_fields_is_named(tmp_path: Path) -> None:
    path = tmp_path / "units.jsonl"
    path.write_text(json.dumps({"doc": "a.txt"}), encoding="utf-8")
    with pytest.raises(EvalError, match=r"第 1 行.*clause_start"):
        read_expected(path)
