"""The reports as tables for a person; every number in them is in the JSON too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from eval.questions import Outcome
    from eval.settled import Doubt

NAMES = {
    "right": "全对",
    "first": "首条即对",
    "first_five": "前五条内",
    "units_exact": "单位全对",
    "figures_said": "数字说到（仅供参考）",
    "no_answer_refused": "无答案的拒答",
    "answerable_refused": "有答案的误拒",
    "english_first_five": "英文前五条内",
    "exact": "整条单位全对",
    "precision": "单位准确率",
    "recall": "单位召回率",
    "roles": "角色正确",
    "prose_f1": "行文 F1",
    "deadlines": "期限",
    "n": "条数",
    "cold_s": "冷启动（秒，中位）",
    "questions": "计时次数",
    "floor_p50_ms": "下限 p50（毫秒）",
    "floor_p95_ms": "下限 p95（毫秒）",
    "ask_p50_ms": "提问 p50（毫秒）",
    "ask_p95_ms": "提问 p95（毫秒）",
    "ratio_p50": "提问／下限（p50）",
    "rerank_p50_ms": "重排三十条 p50（毫秒）",
    "encode_per_s": "单核每秒编码条数",
    "encode_mean_characters": "这些条款平均字数",
}


def measures(console: Console, title: str, values: Mapping[str, float | None]) -> None:
    """One measure a line."""
    table = Table(title=title, title_justify="left", show_header=False)
    for name, value in values.items():
        table.add_row(NAMES.get(name, name), number(value))
    console.print(table)


def groups(console: Console, title: str, rows: Mapping[str, Mapping[str, float | None]]) -> None:
    """One group a line, one measure a column."""
    if not rows:
        return
    columns = list(next(iter(rows.values())))
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in columns:
        table.add_column(NAMES.get(name, name), justify="right")
    for group, values in rows.items():
        table.add_row(group, *(number(values[name]) for name in columns))
    console.print(table)


def questions(
    console: Console, outcomes: Sequence[Outcome], doubtful: Sequence[Doubt], result: Mapping[str, Any]
) -> None:
    """What came of labelled questions: the wrong ones, the labels that may be wrong, and the measures in `result`."""
    wrong_questions(console, outcomes)
    doubts(console, doubtful)
    groups(console, "按类型", result["types"])
    measures(console, f"{result['questions']} 个问题，{len(result['wrong'])} 个有错", result["measures"])


def wrong_questions(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Every question that came out wrong: what was expected, what came."""
    for outcome in (each for each in outcomes if not each.right):
        row = outcome.as_json()
        console.print(f"\n✗ {row['q']}", style="bold", markup=False, highlight=False, soft_wrap=True)
        console.print(
            f"  类型 {row['type']}，正确条款排第 {row['rank'] or '—'}", markup=False, highlight=False, soft_wrap=True
        )
        _side(console, "应为", row["expected"], outcome.label.answerable)
        _side(console, "得到", row["got"], bool(row["got"]["answered"]))


def doubts(console: Console, found: Sequence[Doubt]) -> None:
    """Every label that names a document or a clause that the library does not hold."""
    for doubt in found:
        console.print(f"\n！{doubt}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if found:
        console.print(
            "\n有疑问的标注仍计入下面的数字（当作没答对）：改好标注，或把文件加进库，再跑一次。\n", highlight=False
        )


def _side(console: Console, name: str, side: Mapping[str, Any], answered: bool) -> None:
    clauses = "；".join(f"{each['doc']} {each['clause_start']}" for each in side["clauses"][:3])
    units = "、".join(side["units"] or ()) or "—"
    said = (side["answer"] or "—") if answered else f"不回答（{side['answer']}）"
    for line in (f"{name}：{said}", f"条款：{clauses or '—'}", f"单位：{units}"):
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)


def wrong_units(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """Every clause whose units or roles came out wrong."""
    for row in rows:
        missing = "" if row["found_clause"] else "（没有这样开头的条款）"
        console.print(
            f"\n✗ {row['doc']} {row['clause_start']}{missing}",
            style="bold",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        for name, units in (("应为", row["expected"]), ("得到", row["got"])):
            said = "、".join(f"{unit}/{role}" for unit, role in units) or "—"
            console.print(f"  {name}：{said}", markup=False, highlight=False, soft_wrap=True)


def number(value: float | None) -> str:
    """Three decimals for a share, whole numbers as they are, a dash for none."""
    if value is None:
        return "—"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
