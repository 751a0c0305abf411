"""Two saved runs beside each other: what differs, whether the difference is real, and which questions changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from statistics import fmean
from typing import Any

from eval.errors import EvalError
from eval.runs import Item, Run
from eval.significance import ALPHA, bootstrap, holm, permutation

LOWER_IS_BETTER = frozenset({"answerable_refused"})
DECIDES = {"questions": "right", "retrieval": "MRR@10"}
"""The measure by which a question counts as gained or lost."""
_BY_GROUP = {"questions": ("right",), "retrieval": ("R@1", "R@10", "R@100", "MRR@10", "nDCG@10")}

Pair = tuple[Item, Item]


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure over the `n` questions that have it in both runs: means, b − a with its 95 % interval, p and Holm's p.

    `up` and `down` count the questions whose value rose and fell from A to B.
    """

    measure: str
    group: str
    n: int
    a: float
    b: float
    difference: float
    low: float
    high: float
    up: int
    down: int
    p: float
    p_holm: float
    family: int

    @property
    def verdict(self) -> str:
        """One plain sentence: which run is better, or that no difference can be seen."""
        if not self.up and not self.down:
            return "完全一样"
        if self.p_holm < ALPHA:
            better = "B" if (self.difference > 0) != (self.measure in LOWER_IS_BETTER) else "A"
            return f"差异显著（{better} 更好）"
        if self.p < ALPHA:
            return f"差异不显著（单看这一项 p={self.p:.3f}，但同时看了 {self.family} 项）"
        return "差异不显著"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "verdict": self.verdict}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs question by question. `overall` and `by_group` are each corrected by Holm within themselves."""

    a: Run
    b: Run
    pairs: tuple[Pair, ...]
    overall: tuple[Difference, ...]
    by_group: tuple[Difference, ...]
    gained: tuple[Pair, ...]
    lost: tuple[Pair, ...]

    @property
    def only_a(self) -> list[Item]:
        return without(self.a, self.b)

    @property
    def only_b(self) -> list[Item]:
        return without(self.b, self.a)

    @property
    def relabelled(self) -> list[Item]:
        """Questions in both runs whose label changed between them: their difference may be the label's."""
        return [b for a, b in self.pairs if a.label != b.label]

    def as_json(self) -> dict[str, Any]:
        changed = {"gained": self.gained, "lost": self.lost}
        return {
            "what": self.a.what,
            "a": _about(self.a),
            "b": _about(self.b),
            "pairs": len(self.pairs),
            "measures": {each.measure: each.as_json() for each in self.overall},
            "groups": [each.as_json() for each in self.by_group],
            **{name: [{"q": b.q, "a": a.measures, "b": b.measures} for a, b in rows] for name, rows in changed.items()},
            "only_a": [each.q for each in self.only_a],
            "only_b": [each.q for each in self.only_b],
            "relabelled": [each.q for each in self.relabelled],
        }


def compared(a: Run, b: Run) -> Comparison:
    """The comparison of two runs of one kind with at least one question in common. Raises EvalError."""
    if a.what != b.what:
        raise EvalError(f"一个是 {a.what} 的结果，一个是 {b.what} 的结果，不能比较；请给两个同类的结果")
    pairs = pairs_of(a, b)
    if not pairs:
        raise EvalError("两个结果里没有一个相同的问题，不能比较；请用同一份问题各跑一次")
    decides = DECIDES[a.what]
    both = [pair for pair in pairs if decides in pair[0].measures and decides in pair[1].measures]
    return Comparison(
        a,
        b,
        pairs,
        tuple(_corrected([row for name in _names(pairs) if (row := differ(name, pairs))])),
        tuple(_corrected(_by_group(a.what, pairs))),
        tuple(pair for pair in both if pair[1].measures[decides] > pair[0].measures[decides]),
        tuple(pair for pair in both if pair[1].measures[decides] < pair[0].measures[decides]),
    )


def pairs_of(a: Run, b: Run) -> tuple[Pair, ...]:
    """The questions that both runs hold, in the order of the first."""
    of_b = {item.key: item for item in b.items}
    return tuple((item, of_b[item.key]) for item in a.items if item.key in of_b)


def without(one: Run, other: Run) -> list[Item]:
    """The questions of one run that the other does not hold."""
    held = {item.key for item in other.items}
    return [item for item in one.items if item.key not in held]


def differ(measure: str, pairs: Sequence[Pair], group: str = "") -> Difference | None:
    """One measure over the pairs that have it on both sides, not corrected yet; None when there are none."""
    both = [
        (a.measures[measure], b.measures[measure]) for a, b in pairs if measure in a.measures and measure in b.measures
    ]
    if not both:
        return None
    differences = [b - a for a, b in both]
    low, high = bootstrap(differences)
    p = permutation(differences)
    return Difference(
        measure,
        group,
        len(both),
        fmean(a for a, _ in both),
        fmean(b for _, b in both),
        fmean(differences),
        low,
        high,
        sum(each > 0 for each in differences),
        sum(each < 0 for each in differences),
        p,
        p,
        1,
    )


def _by_group(what: str, pairs: Sequence[Pair]) -> list[Difference]:
    groups = sorted({b.group for _, b in pairs} - {""})
    if len(groups) < 2:
        return []
    rows = (
        differ(measure, [pair for pair in pairs if pair[1].group == group], group)
        for group in groups
        for measure in _BY_GROUP[what]
    )
    return [row for row in rows if row is not None]


def _corrected(rows: Sequence[Difference]) -> list[Difference]:
    """The rows with Holm's p over those in which something changed; without a change p is 1 whatever the signs are."""
    tested = [row for row in rows if row.up or row.down]
    corrected = dict(zip([(row.group, row.measure) for row in tested], holm([row.p for row in tested]), strict=True))
    return [replace(row, p_holm=corrected.get((row.group, row.measure), row.p), family=len(tested)) for row in rows]


def _names(pairs: Sequence[Pair]) -> list[str]:
    return list(dict.fromkeys(name for _, b in pairs for name in b.measures))


def _about(run: Run) -> dict[str, Any]:
    return {"asked": run.asked, "model": run.model, "made_at": run.made_at, "items": len(run.items)}
