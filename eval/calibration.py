"""Confidence is fitted: a logistic regression per language over evidence with labels, judged by cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.errors import EvalError
from eval.examples import Example
from eval.logistic import Fit, fit
from search.confidence import Scale

Values = NDArray[np.float64]
FOLDS = 10
PENALTY = 3.0
REFUSED = 0.01  # of the questions whose right clause is there, the share that may be refused
HIGHEST = 0.5  # a clause that is more likely right than wrong is always offered
_SEED = 20_210_227
_STEP = 0.01


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything offered to the questions of one language, n of them: features (n, features), labels, importances and
    folds (n,), and for each the place of its question."""

    features: Values
    labels: Values
    importance: Values
    folds: NDArray[np.int64]
    questions: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The fit for one language, and what it is judged by: the probabilities that the same fit without the example's fold
    gives, (n,), and the threshold that would be chosen without each fold, (FOLDS,)."""

    examples: tuple[Example, ...]
    rows: Rows
    held_out: Values
    limits: Values
    scale: Scale

    def surest(self, place: int) -> float:
        """The highest held-out confidence in anything offered to a question, 0 when nothing was: answered if ≥ threshold."""
        return float(max(self.held_out[self.rows.questions == place], default=0.0))

    def limit(self, place: int) -> float:
        """The threshold chosen without the question's fold; the one that is stored when nothing was offered to it."""
        folds = self.rows.folds[self.rows.questions == place]
        return float(self.limits[folds[0]]) if len(folds) else self.scale.threshold


def calibrate(examples: Sequence[Example]) -> Calibrated:
    """Fits the examples of one language. Raises EvalError where they do not hold both right and wrong clauses."""
    rows = rows_of(examples)
    if set(rows.labels.tolist()) != {0.0, 1.0}:
        raise EvalError(f"{len(examples)} 个问题不够拟合：要有答对的，也要有答错或不该回答的。请添加标注好的问题。")
    held_out = np.zeros(len(rows.labels))
    for fold in range(FOLDS):
        inside = rows.folds == fold
        if inside.any():
            held_out[inside] = _fitted(rows, ~inside).of(rows.features[inside])
    everywhere = np.ones(len(rows.labels), dtype=bool)
    found = _fitted(rows, everywhere)
    limits = np.array([_threshold(examples, rows, held_out, rows.folds != fold) for fold in range(FOLDS)])
    threshold = _threshold(examples, rows, held_out, everywhere)
    scale = Scale(round(found.bias, 4), tuple(round(float(weight), 4) for weight in found.weights), threshold)
    return Calibrated(tuple(examples), rows, held_out, limits, scale)


def rows_of(examples: Sequence[Example]) -> Rows:
    """What was offered, one row each; labelled questions and corpora weigh the same, and in each right and wrong ones do."""
    groups = sorted({each.group for each in examples})
    chance = np.random.default_rng(_SEED).permutation(len(groups))
    fold_of = {group: int(at) % FOLDS for group, at in zip(groups, chance, strict=True)}
    flat = [(place, each, offered) for place, each in enumerate(examples) for offered in each.offered]
    labels = np.array([float(offered.right) for _, _, offered in flat])
    corpus = np.array([each.kind == "corpus" for _, each, _ in flat])
    return Rows(
        np.array([offered.evidence.values() for _, _, offered in flat], dtype=np.float64),
        labels,
        _importance(corpus, labels),
        np.array([fold_of[each.group] for _, each, _ in flat], dtype=np.int64),
        np.array([place for place, _, _ in flat], dtype=np.int64),
    )


def _importance(corpus: NDArray[np.bool_], labels: Values) -> Values:
    """Weights whose mean is 1, with the same sum for each pair of origin (labelled, corpus) and label that is there."""
    cells = [(corpus == origin) & (labels == label) for origin in (False, True) for label in (0.0, 1.0)]
    there = [cell for cell in cells if cell.any()]
    importance = np.zeros(len(labels))
    for cell in there:
        importance[cell] = len(labels) / len(there) / cell.sum()
    return importance


def _fitted(rows: Rows, chosen: NDArray[np.bool_]) -> Fit:
    return fit(rows.features[chosen], rows.labels[chosen], rows.importance[chosen], PENALTY)


def _threshold(examples: Sequence[Example], rows: Rows, held_out: Values, chosen: NDArray[np.bool_]) -> float:
    """The highest threshold up to HIGHEST that refuses at most REFUSED of the labelled questions offered a right clause.

    It looks at the `chosen` rows only, (n,). Of few questions one may be refused. Where no labelled question is among the examples, those of corpora stand in.
    """
    labelled = np.array([examples[place].kind == "labelled" for place in rows.questions])
    right = (rows.labels == 1.0) & chosen
    counted = held_out[right & labelled] if (right & labelled).any() else held_out[right]
    steps = np.arange(HIGHEST, 0.0, -_STEP)
    allowed = max(1, int(REFUSED * len(counted)))
    return next((round(float(step), 2) for step in steps if (counted < step).sum() <= allowed), _STEP)
