"""A calibration as tables for a person; every number in them is in the JSON too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

LANGUAGES = {"zh": "中文提问", "en": "英文提问"}
MEASURES = {"log_loss": "对数损失", "brier": "Brier 分", "calibration_error": "期望校准误差", "auc": "AUC"}
RATES = {
    "false_answers": "误答（无答案却回答）",
    "refused": "误拒（有答案却不答）",
    "right_refused": "正确条款在首位却不答",
}
HEADINGS = ("", *RATES.values())


def show(console: Console, result: Mapping[str, Any]) -> None:
    """The measures, each set of questions, and what another threshold would do."""
    from rich.table import Table

    for language, figures in result["languages"].items():
        table = Table(title=f"{LANGUAGES[language]}：{figures['examples']} 例，阈值 {figures['threshold']:.2f}")
        for heading in HEADINGS:
            table.add_column(heading)
        for row in rows(figures):
            table.add_row(*row)
        console.print(table)
        console.print("  ".join(f"{MEASURES[name]} {value}" for name, value in figures["measures"].items()))
    measures = result["measures"]
    console.print("合计  " + "  ".join(f"{name} {share(measures, key)}" for key, name in RATES.items()))


def rows(figures: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """One line for each set of questions, judged by cross-validation, and for the labelled ones at each threshold around it."""
    named = [*figures["sources"].items(), *((f"阈值 {each['threshold']:.2f}", each) for each in figures["trade_off"])]
    return [(name, *(share(rates, key) for key in RATES)) for name, rates in named]


def share(rates: Mapping[str, Any], key: str) -> str:
    """A share with its 95 % interval: .050（.010—.120）; a dash where nothing was counted."""
    if rates[key] is None:
        return "—"
    low, high = rates[f"{key}_interval"]
    return f"{rates[key]:.3f}（{low:.3f}—{high:.3f}）"
