"""The reliability plot: how often answers of a confidence were right, as one SVG that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from eval.probabilities import Bin

_SIDE, _LEFT, _TOP, _RIGHT, _BOTTOM = 320, 56, 40, 16, 52
WIDTH, HEIGHT = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BOTTOM
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
STYLE = """
.reliability{--ink:#1f2328;--faint:#8b949e;--line:#d0d7de;--mark:#0b6bcb;--limit:#b35900;background:#fff;
font:12px system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.reliability text{fill:var(--ink)}.reliability .faint{fill:var(--faint)}.reliability .grid{stroke:var(--line)}
.reliability .ideal{stroke:var(--faint);stroke-dasharray:4 4}.reliability .span{stroke:var(--mark);stroke-width:2}
.reliability .mark{fill:var(--mark)}.reliability .limit{stroke:var(--limit);stroke-dasharray:2 3}
.reliability .limit-text{fill:var(--limit)}
@media (prefers-color-scheme:dark){.reliability{--ink:#e6edf3;--faint:#8b949e;--line:#30363d;--mark:#58a6ff;
--limit:#f0a050;background:#0d1117}}
"""


def plot(title: str, found: Sequence[Bin], threshold: float) -> str:
    """The bins as points at (mean confidence, share right), each with its 95 % interval and its number of examples.

    On the diagonal confidence is what it says; the dotted upright line is the threshold.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="reliability" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}"><title>{escape(title)}</title><style>{STYLE}</style>',
        f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>',
        *_axes(),
        _line("ideal", 0.0, 0.0, 1.0, 1.0),
        _line("limit", threshold, 0.0, threshold, 1.0),
        f'<text class="limit-text" x="{_x(threshold) + 4:.1f}" y="{_TOP + 12}">低于 {threshold:.2f} 不回答</text>',
        *(point for each in found for point in _point(each)),
        "</svg>",
    ]
    return "".join(parts)


def _axes() -> Iterator[str]:
    for tick in _TICKS:
        yield _line("grid", tick, 0.0, tick, 1.0)
        yield _line("grid", 0.0, tick, 1.0, tick)
        yield f'<text x="{_x(tick):.1f}" y="{_TOP + _SIDE + 18}" text-anchor="middle">{tick:.1f}</text>'
        yield f'<text x="{_LEFT - 8}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:.1f}</text>'
    middle = _TOP + _SIDE / 2
    yield f'<text x="{_LEFT + _SIDE / 2}" y="{_TOP + _SIDE + 40}" text-anchor="middle">可信度</text>'
    yield f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">实际答对的比例</text>'


def _point(each: Bin) -> Iterator[str]:
    low, high = each.interval
    said = (
        f"可信度 {each.low:.1f}—{each.high:.1f}：{each.n} 例，平均 {each.mean:.2f}，"
        f"答对 {each.share:.2f}（95% 区间 {low:.2f}—{high:.2f}）"
    )
    x, y = _x(each.mean), _y(each.share)
    yield f"<g><title>{said}</title>{_line('span', each.mean, low, each.mean, high)}"
    yield f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    yield f'<text class="faint" x="{x + 6:.1f}" y="{y + 14:.1f}">{each.n}</text></g>'


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{_x(x1):.1f}" y1="{_y(y1):.1f}" x2="{_x(x2):.1f}" y2="{_y(y2):.1f}"/>'


def _x(value: float) -> float:
    return _LEFT + _SIDE * value


def _y(value: float) -> float:
    return _TOP + _SIDE * (1 - value)
