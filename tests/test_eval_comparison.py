"""Saved runs, their comparison and the gate: pairs, verdicts, questions gained and lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.comparison import compared
from eval.errors import EvalError
from eval.gate import gated
from eval.retrieval import Query
from eval.runs import Item, Run, read_run


def run(*right: int, measure: str = "right", group: str = "who") -> Run:
    """A run of questions 0, 1, 2 … with this measure; `right` is in it, as it is in every run."""
    items = [
        Item(f"q{at}", f"问题{at}", group, "l", {"right": float(value), measure: float(value)})
        for at, value in enumerate(right)
    ]
    return Run("questions", "q.xlsx", "static-1", "2022-03-01T08:00:00+00:00", tuple(items))


def test_a_run_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    queries = [Query("食堂", ("b",), "kw"), Query("食堂", ("b",), "kw")]
    kept = Run.of_retrieval(queries, [{"R@1": 1.0}, {"R@1": 1 / 3}], "c、q", "static-1")
    assert [item.key for item in kept.items] == ["食堂 [kw]", "食堂 [kw] #2"]
    assert kept.items[1].measures == {"R@1": 0.333333}
    kept.save(tmp_path / "a.json")
    assert read_run(tmp_path / "a.json") == kept


BAD_FIGURE = (
    '{"format": 1, "what": "questions", "asked": "q", "model": "m", "made_at": "2022", '
    '"items": [{"key": "k", "q": "问", "group": "who", "label": "l", "measures": {"right": "abc"}}]}'
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "不是 JSON"),
        ("[]", "不是存下的结果"),
        ('{"questions": 3}', "不是存下的结果"),
        (BAD_FIGURE, "不是存下的结果（缺少或写错了 right：abc）"),
        ('{"format": 9}', "格式是第 9 版"),
        ('{"format": 1, "what": "speed"}', "不认识的种类 speed"),
    ],
)
def test_a_file_that_is_no_run_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(EvalError, match=said):
        read_run(tmp_path / "a.json")


def test_six_gained_and_none_lost_is_real() -> None:
    result = compared(run(*[0] * 6, *[1] * 4), run(*[1] * 10))
    (right,) = result.overall
    assert (right.n, right.a, right.b, right.difference) == (10, 0.4, 1.0, 0.6)
    assert (right.p, right.p_holm) == (2 / 64, 2 / 64)  # two-sided: all six one way, or all the other
    assert right.low < 0.6 < right.high
    assert right.verdict == "差异显著（B 更好）"
    assert compared(run(*[1] * 6), run(*[0] * 6)).overall[0].verdict == "差异显著（A 更好）"
    assert [b.q for _, b in result.gained] == [f"问题{at}" for at in range(6)]
    assert result.lost == ()


def test_five_gained_is_not_enough_and_nothing_changed_is_said() -> None:
    assert compared(run(*[0] * 5), run(*[1] * 5)).overall[0].verdict == "差异不显著"  # p = 2/32
    assert compared(run(1, 0), run(1, 0)).overall[0].verdict == "完全一样"


def test_two_measures_are_corrected_for_each_other() -> None:
    # Each alone has p = 2/64; Holm makes both 4/64.
    result = compared(run(*[0] * 6, measure="first"), run(*[1] * 6, measure="first"))
    assert [each.p_holm for each in result.overall] == [4 / 64, 4 / 64]
    assert result.overall[0].verdict == "差异不显著（单看这一项 p=0.031，但同时看了 2 项）"


def test_a_measure_where_less_is_better() -> None:
    result = compared(run(*[1] * 7, measure="answerable_refused"), run(*[0] * 7, measure="answerable_refused"))
    assert {each.measure: each.verdict for each in result.overall} == {
        "right": "差异显著（A 更好）",
        "answerable_refused": "差异显著（B 更好）",
    }


def test_what_is_not_paired_is_said() -> None:
    a, b = run(1, 0, 1), run(1, 0)
    b = replace(b, items=(*b.items, Item("new", "新问题", "who", "l", {"right": 1.0})))
    b = replace(b, items=(replace(b.items[0], label="changed"), *b.items[1:]))
    result = compared(a, b)
    assert [each.q for each in result.only_a] == ["问题2"]
    assert [each.q for each in result.only_b] == ["新问题"]
    assert [each.q for each in result.relabelled] == ["问题0"]
    assert result.as_json()["pairs"] == 2


def test_groups_are_compared_by_themselves() -> None:
    a, b = run(*[0] * 8, *[1] * 4), run(*[1] * 8, *[1] * 4)
    kinds = ["kw"] * 8 + ["zh"] * 4
    a, b = (
        replace(each, items=tuple(replace(item, group=kind) for item, kind in zip(each.items, kinds, strict=True)))
        for each in (a, b)
    )
    kw, zh = compared(a, b).by_group
    assert (kw.group, kw.n, kw.p, kw.verdict) == ("kw", 8, 2 / 256, "差异显著（B 更好）")
    assert (zh.group, zh.n, zh.verdict) == ("zh", 4, "完全一样")


def test_runs_that_cannot_be_compared() -> None:
    with pytest.raises(EvalError, match="不能比较；请给两个同类的结果"):
        compared(run(1), replace(run(1), what="retrieval"))
    with pytest.raises(EvalError, match="没有一个相同的问题"):
        compared(run(1), replace(run(1), items=(Item("x", "x", "", "l", {"right": 1.0}),)))


def test_the_gate_shuts_at_five_lost() -> None:
    assert gated(run(*[1] * 10), run(*[0] * 4, *[1] * 6)).passed  # p = 1/16
    shut = gated(run(*[1] * 10), run(*[0] * 5, *[1] * 5))
    assert not shut.passed
    (check,) = shut.checks
    assert (check.lost, check.gained, check.p, check.baseline, check.now) == (5, 0, 1 / 32, 1.0, 0.5)
    assert len(shut.lost) == 5


def test_the_gate_lets_pass_what_got_better() -> None:
    result = gated(run(*[0] * 9), run(*[1] * 9))
    assert (result.passed, len(result.gained), len(result.lost)) == (True, 9, 0)


def test_more_refusals_of_answerable_questions_shut_the_gate() -> None:
    def refusing(value: float) -> Run:
        items = (Item(f"q{at}", "问", "who", "l", {"right": 0.0, "answerable_refused": value}) for at in range(5))
        return replace(run(), items=tuple(items))

    assert [check.measure for check in gated(refusing(0), refusing(1)).checks if check.worse] == ["answerable_refused"]
    assert gated(refusing(1), refusing(0)).passed


def test_the_gate_wants_the_questions_of_its_baseline() -> None:
    with pytest.raises(EvalError, match=r"新增 1 个（问题2）.*--update"):
        gated(run(1, 1), run(1, 1, 1))
    with pytest.raises(EvalError, match="缺少 1 个（问题1）"):
        gated(run(1, 1), run(1))
    changed = replace(run(1), items=(replace(run(1).items[0], label="other"),))
    with pytest.raises(EvalError, match="标注改过 1 个（问题0）"):
        gated(run(1), changed)
    with pytest.raises(EvalError, match="基线不是问题的结果"):
        gated(replace(run(1), what="retrieval"), run(1))
