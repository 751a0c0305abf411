"""The gate: is a run significantly worse than the committed baseline, question by question?

Each measure is tested by itself and one-sided (`permutation_worse`), with no correction for their number: the gate would
rather stop once too often. It has its limit: with none gained, five questions must be lost (p = 1/32) before it shuts, so
a loss of one to four is shown and let through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from eval.comparison import LOWER_IS_BETTER, Pair, pairs_of, without
from eval.errors import EvalError
from eval.runs import Item, Run
from eval.significance import ALPHA, permutation_worse

OWN_BASELINE = Path(__file__).parent / "questions" / "baseline.json"
GATED = ("right", "first", "units_exact", "no_answer_refused", "answerable_refused")
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One measure over `n` questions: its means, how many questions got worse and better, the one-sided p."""

    measure: str
    n: int
    baseline: float
    now: float
    lost: int
    gained: int
    p: float

    @property
    def worse(self) -> bool:
        return self.p < ALPHA

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "worse": self.worse}


@dataclass(frozen=True, slots=True)
class Gate:
    """The checks, and the pairs (baseline, now) that were right and are wrong now, or the other way round."""

    checks: tuple[Check, ...]
    lost: tuple[Pair, ...]
    gained: tuple[Pair, ...]

    @property
    def passed(self) -> bool:
        return not any(check.worse for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        return {
            "passed": self.passed,
            "measures": {check.measure: check.as_json() for check in self.checks},
            "lost": [now.q for _, now in self.lost],
            "gained": [now.q for _, now in self.gained],
        }


def baseline_for(file: Path | None) -> Path:
    """Where the baseline of a file of questions lies: beside it; the project's own when no file is given."""
    return OWN_BASELINE if file is None else file.with_suffix(".baseline.json")


def gated(baseline: Run, now: Run) -> Gate:
    """Compares a run with its baseline. Raises EvalError if they are not of the same questions with the same labels."""
    _require_same(baseline, now)
    pairs = pairs_of(baseline, now)
    changes = [(pair, pair[1].measures["right"] - pair[0].measures["right"]) for pair in pairs]
    return Gate(
        tuple(check for measure in GATED if (check := _check(measure, pairs)) is not None),
        tuple(pair for pair, change in changes if change < 0),
        tuple(pair for pair, change in changes if change > 0),
    )


def _check(measure: str, pairs: Sequence[Pair]) -> Check | None:
    both = [(a.measures[measure], b.measures[measure]) for a, b in pairs if measure in a.measures]
    if not both:
        return None
    sign = -1 if measure in LOWER_IS_BETTER else 1
    better = [sign * (now - before) for before, now in both]
    return Check(
        measure,
        len(both),
        fmean(before for before, _ in both),
        fmean(now for _, now in both),
        sum(each < 0 for each in better),
        sum(each > 0 for each in better),
        permutation_worse(better),
    )


def _require_same(baseline: Run, now: Run) -> None:
    if baseline.what != "questions":
        raise EvalError("基线不是问题的结果，而是检索的结果；请用 --baseline 指明 gate --update 写下的文件")
    added, gone = without(now, baseline), without(baseline, now)
    relabelled = [after for before, after in pairs_of(baseline, now) if before.label != after.label]
    said = [
        f"{name} {len(items)} 个（{_some(items)}）"
        for name, items in (("新增", added), ("缺少", gone), ("标注改过", relabelled))
        if items
    ]
    if said:
        raise EvalError(f"问题和基线里的不同：{'，'.join(said)}。确认这些改动是有意的，再加 --update 写一份新的基线。")


def _some(items: Sequence[Item]) -> str:
    return "、".join(item.q for item in items[:_NAMED]) + ("……" if len(items) > _NAMED else "")
