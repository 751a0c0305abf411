"""The reliability plots as one file: `.svg` the plots alone, `.html` with the figures beside them. Needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.calibration_tables import HEADINGS, LANGUAGES, MEASURES, rows
from eval.errors import EvalError
from eval.probabilities import bins
from eval.reliability import HEIGHT, WIDTH, plot

if TYPE_CHECKING:
    from eval.calibration import Calibrated
    from search import Language

_STYLE = """:root{color-scheme:light dark}
body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:15px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .8rem;text-align:left;border-bottom:1px solid #8884}"""


def require(path: Path) -> None:
    """Raises EvalError for a file that is neither .html nor .svg."""
    if path.suffix.lower() not in (".html", ".svg"):
        raise EvalError(f"{path}：--report 只写 .html 或 .svg")


def write(path: Path, found: Mapping[Language, Calibrated], result: Mapping[str, Any]) -> None:
    """Writes the page, or the plots below each other."""
    plots = {language: _plot(language, each) for language, each in found.items()}
    text = _svg(list(plots.values())) if path.suffix.lower() == ".svg" else _html(plots, result)
    path.write_text(text, encoding="utf-8")


def _plot(language: Language, each: Calibrated) -> str:
    binned = bins(each.held_out, each.rows.labels, each.rows.importance)
    return plot(f"可信度是否可信：{LANGUAGES[language]}", binned, each.scale.threshold)


def _svg(plots: list[str]) -> str:
    placed = "".join(f'<g transform="translate(0 {number * HEIGHT})">{each}</g>' for number, each in enumerate(plots))
    size = f'viewBox="0 0 {WIDTH} {HEIGHT * len(plots)}" width="{WIDTH}" height="{HEIGHT * len(plots)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{placed}</svg>\n'


def _html(plots: Mapping[Language, str], result: Mapping[str, Any]) -> str:
    parts = [_section(plots[language], figures, language) for language, figures in result["languages"].items()]
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>可信度的可靠性</title>'
        f"<style>{_STYLE}</style><h1>可信度的可靠性</h1>"
        "<p>每个点是一格可信度：横轴是平均可信度，纵轴是其中答对的比例，竖线是 95% 区间，旁边是例数；点落在对角线上，表示可信度与实际答对的比例一致。"
        "数字都来自交叉验证：拟合和选阈值时都没有用到同一条款或同一部法规的例子；只有写明“阈值”的各行例外，那里的阈值是看着这些例子选的。</p>"
        + "".join(parts)
        + "</html>\n"
    )


def _section(drawn: str, figures: Mapping[str, Any], language: str) -> str:
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows(figures))
    measured = "，".join(f"{MEASURES[name]} {value}" for name, value in figures["measures"].items())
    return (
        f"<h2>{LANGUAGES[language]}</h2>{drawn}<p>{figures['examples']} 例，{measured}；低于 {figures['threshold']:.2f} 不回答。</p>"
        f"<table><tr>{head}</tr>{body}</table>"
    )
