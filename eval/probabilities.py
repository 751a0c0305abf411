"""How good probabilities are: log loss, Brier score, expected calibration error, reliability bins, AUC.

`p` are probabilities, `y` labels 0 or 1 and `v` importances, all of shape (n,); lower is better but for AUC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.significance import wilson

Values = NDArray[np.float64]
BINS = 10
_FLOOR = 1e-12


@dataclass(frozen=True, slots=True)
class Bin:
    """The examples with a probability in [low, high): how many, the mean probability, the share that was right.

    `interval` is the 95 % interval of the share. Mean and share are weighted by importance, and so is the interval's number
    of examples, by Kish's effective size (Σv)² / Σv².
    """

    low: float
    high: float
    n: int
    mean: float
    share: float
    interval: tuple[float, float]
    weight: float


def log_loss(p: Values, y: Values, v: Values) -> float:
    """−Σ v (y ln p + (1 − y) ln(1 − p)) / Σ v; ln 2 ≈ .693 for one who always says one half."""
    losses = -(y * np.log(np.maximum(p, _FLOOR)) + (1 - y) * np.log(np.maximum(1 - p, _FLOOR)))
    return float(np.average(losses, weights=v))


def brier(p: Values, y: Values, v: Values) -> float:
    """Σ v (p − y)² / Σ v; .25 for one who always says one half (Brier, Monthly Weather Review 78, 1950)."""
    return float(np.average((p - y) ** 2, weights=v))


def auc(p: Values, y: Values) -> float | None:
    """How often a right example has the larger probability than a wrong one, ties counting half; None without both."""
    right, wrong = p[y == 1.0], p[y == 0.0]
    if not len(right) or not len(wrong):
        return None
    ordered = np.sort(wrong)
    below, upto = np.searchsorted(ordered, right, "left"), np.searchsorted(ordered, right, "right")
    return float((below + upto).sum() / 2 / (len(right) * len(wrong)))


def bins(p: Values, y: Values, v: Values, count: int = BINS) -> list[Bin]:
    """Equally wide bins of probability, the empty ones left out."""
    place = np.minimum((p * count).astype(int), count - 1)
    return [_bin(each, count, p[place == each], y[place == each], v[place == each]) for each in np.unique(place)]


def calibration_error(found: Sequence[Bin]) -> float:
    """Expected calibration error: Σ weight · |mean probability − share right| / Σ weight over the bins.

    Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015.
    """
    total = sum(each.weight for each in found)
    return sum(each.weight * abs(each.mean - each.share) for each in found) / total if total else 0.0


def _bin(place: int, count: int, p: Values, y: Values, v: Values) -> Bin:
    share, size = float(np.average(y, weights=v)), float(v.sum() ** 2 / (v**2).sum())
    mean = float(np.average(p, weights=v))
    low, high = place / count, (place + 1) / count
    return Bin(low, high, len(p), mean, share, wilson(share * size, size), float(v.sum()))
