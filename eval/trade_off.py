"""What a calibration is worth: how good its probabilities are, what it answers wrongly, what it refuses wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.calibration import Calibrated
from eval.probabilities import auc, bins, brier, calibration_error, log_loss
from eval.significance import wilson
from search import Language

_AROUND = (-0.2, -0.15, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2)


@dataclass(frozen=True, slots=True)
class Judged:
    """One question by its held-out confidence: `sure` is that of the surest clause offered, `right` whether one is right.

    `limit` is the threshold chosen without it and the questions of its fold.
    """

    source: str
    labelled: bool
    answerable: bool
    right: bool
    sure: float
    limit: float


def judged(found: Calibrated) -> list[Judged]:
    """The questions of one language."""
    return [
        Judged(
            each.source,
            each.kind == "labelled",
            each.answerable,
            any(offered.right for offered in each.offered),
            found.surest(place),
            found.limit(place),
        )
        for place, each in enumerate(found.examples)
    ]


def rates(questions: Sequence[Judged], threshold: float | None = None) -> dict[str, Any]:
    """At a threshold, or each at its own limit, a share with its 95 % interval: `false_answers` of the unanswerable questions that are answered,
    `refused` of the answerable ones that are refused, and of those `right_refused` among the ones offered a right clause."""
    answered = [each.sure >= (each.limit if threshold is None else threshold) for each in questions]
    asked = list(zip(questions, answered, strict=True))
    unanswerable = [done for each, done in asked if not each.answerable]
    answerable = [not done for each, done in asked if each.answerable]
    right = [not done for each, done in asked if each.answerable and each.right]
    return {
        "unanswerable": len(unanswerable),
        "answerable": len(answerable),
        **_share("false_answers", unanswerable),
        **_share("refused", answerable),
        **_share("right_refused", right),
    }


def figures(found: Calibrated) -> dict[str, Any]:
    """What one language is worth, by cross-validation; in `measures` examples weigh as they do in the fit.

    `sources` has the rates of each set of questions, each question at the threshold chosen without its fold. `trade_off`
    has those of the labelled ones at the stored threshold, which was chosen on them, and at others around it.
    """
    p, y, v = found.held_out, found.rows.labels, found.rows.importance
    questions, threshold = judged(found), found.scale.threshold
    return {
        "measures": {
            "log_loss": round(log_loss(p, y, v), 4),
            "brier": round(brier(p, y, v), 4),
            "calibration_error": round(calibration_error(bins(p, y, v)), 4),
            "auc": _rounded(auc(p, y)),
        },
        "threshold": threshold,
        "sources": {source: rates(_of(questions, source)) for source in _sources(questions)},
        "trade_off": [
            {"threshold": round(threshold + step, 2), **rates(_labelled(questions), threshold + step)}
            for step in _AROUND
            if 0.0 < threshold + step < 1.0
        ],
        "examples": len(y),
    }


def together(calibrated: Iterable[tuple[Language, Calibrated]]) -> dict[str, Any]:
    """The measures over the examples of both languages, and the rates of their labelled questions, each at the threshold
    chosen without its fold."""
    pairs = list(calibrated)
    p, y, v = (
        np.concatenate(parts)
        for parts in zip(*((each.held_out, each.rows.labels, each.rows.importance) for _, each in pairs), strict=True)
    )
    questions = [each for _, found in pairs for each in judged(found)]
    return {
        "log_loss": round(log_loss(p, y, v), 4),
        "brier": round(brier(p, y, v), 4),
        "calibration_error": round(calibration_error(bins(p, y, v)), 4),
        "auc": _rounded(auc(p, y)),
        **rates(_labelled(questions)),
    }


def _share(name: str, counted: Sequence[bool]) -> dict[str, Any]:
    if not counted:
        return {name: None, f"{name}_interval": None}
    low, high = wilson(sum(counted), len(counted))
    return {name: round(sum(counted) / len(counted), 4), f"{name}_interval": [round(low, 4), round(high, 4)]}


def _of(questions: Sequence[Judged], source: str) -> list[Judged]:
    return [each for each in questions if each.source == source]


def _labelled(questions: Sequence[Judged]) -> list[Judged]:
    """Those whose answers a person labelled, all where there are none: left-out answers may stand elsewhere too."""
    return [each for each in questions if each.labelled] or list(questions)


def _sources(questions: Sequence[Judged]) -> list[str]:
    return list(dict.fromkeys(each.source for each in questions))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
