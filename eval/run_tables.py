"""Comparisons and the gate as tables for a person; every number in them is in the JSON too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from eval.comparison import Comparison, Difference
from eval.gate import Gate
from eval.questions import Outcome
from eval.runs import Item, Run
from eval.tables import NAMES, number, wrong_questions

SHOWN = 20


def comparison(console: Console, result: Comparison) -> None:
    """Who is compared, each measure with its verdict, the groups, the questions that changed, what is not paired."""
    for name, run in (("A", result.a), ("B", result.b)):
        _say(console, f"{name}：{_about(run)}")
    _say(console, f"配成 {len(result.pairs)} 对")
    _differences(console, "全部问题", result.overall)
    if result.by_group:
        _differences(console, "按类型", result.by_group)
    for name, pairs in (("变好", result.gained), ("变坏", result.lost)):
        _questions(console, name, [b for _, b in pairs])
    for name, items in (
        ("只在 A 里", result.only_a),
        ("只在 B 里", result.only_b),
        ("标注改过，差异可能来自标注", result.relabelled),
    ):
        _questions(console, name, items)
    tested = sum(1 for each in result.overall if each.up or each.down)
    _say(
        console,
        f"区间：配对自助法 95%。p：配对置换检验，双侧；同时看 {tested} 项，已按 Holm 法校正，校正后 p < .05 才算差异显著。",
    )


def gate(console: Console, result: Gate, outcomes: Mapping[str, Outcome]) -> None:
    """The questions lost with what was expected and what came, each check, and whether the gate lets the run pass.

    `outcomes` are those of the run, by the keys of its items.
    """
    wrong_questions(console, [outcomes[now.key] for _, now in result.lost])
    table = Table(title="与基线相比", title_justify="left")
    table.add_column("")
    for name in ("题数", "基线", "现在", "变坏", "变好", "p（单侧）", ""):
        table.add_column(name, justify="right")
    for check in result.checks:
        row = (check.n, check.baseline, check.now, check.lost, check.gained, check.p)
        table.add_row(NAMES[check.measure], *map(number, row), "明显变差" if check.worse else "")
    console.print(table)
    _questions(console, "变坏", [now for _, now in result.lost])
    _questions(console, "变好", [now for _, now in result.gained])
    if not result.passed:
        worse = "、".join(NAMES[check.measure] for check in result.checks if check.worse)
        _say(console, f"不通过：{worse}比基线明显变差。改好再来；若是有意的取舍，加 --update 写一份新的基线。")
    elif result.lost:
        _say(
            console,
            f"通过：没有哪一项明显变差。变坏的 {len(result.lost)} 个还不足以断定（至少要 5 题变坏、没有变好的），请逐个看过。",
        )
    else:
        _say(
            console,
            "通过：没有哪一项变差。" if not result.gained else "通过：只有变好的；可加 --update 写一份新的基线。",
        )


def _differences(console: Console, title: str, rows: Sequence[Difference]) -> None:
    table = Table(title=title, title_justify="left")
    grouped = any(row.group for row in rows)
    for name in ("类型", "") if grouped else ("",):
        table.add_column(name)
    for name in ("题数", "A", "B", "差", "95% 区间", "升", "降", "p", "p（Holm）"):
        table.add_column(name, justify="right")
    table.add_column("结论")
    for row in rows:
        span = f"{row.low:+.3f} … {row.high:+.3f}"
        cells = (number(row.n), number(row.a), number(row.b), f"{row.difference:+.3f}", span)
        counts = (str(row.up), str(row.down), f"{row.p:.4f}", f"{row.p_holm:.4f}")
        names = (row.group, NAMES.get(row.measure, row.measure)) if grouped else (NAMES.get(row.measure, row.measure),)
        table.add_row(*names, *cells, *counts, row.verdict)
    console.print(table)


def _questions(console: Console, name: str, items: Sequence[Item]) -> None:
    if not items:
        return
    _say(console, f"{name} {len(items)} 个：")
    for item in items[:SHOWN]:
        _say(console, f"  {item.q}")
    if len(items) > SHOWN:
        _say(console, f"  ……另有 {len(items) - SHOWN} 个，见 --json")


def _about(run: Run) -> str:
    return f"{run.asked}，{len(run.items)} 个，模型 {run.model}，{run.made_at[:16].replace('T', ' ')} UTC"


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
