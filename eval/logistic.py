"""Logistic regression with L2, fitted by Newton's method.

    p = σ(b + Xw);   minimise −Σ vᵢ (yᵢ ln pᵢ + (1 − yᵢ) ln(1 − pᵢ)) + λ/2 |w|²
A step solves (Aᵀ diag(v p (1 − p)) A + Λ) d = Aᵀ v (y − p) − Λ β, with A = [1 X], β = (b, w), Λ = λ but 0 for the bias
(iteratively reweighted least squares; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_STEPS = 100
_SMALL = 1e-8
_BARELY = 1e-9  # keeps the bias determined where every example has the same label


@dataclass(frozen=True, slots=True)
class Fit:
    """The bias and the weights, shape (features,), of features as they are given."""

    bias: float
    weights: Values

    def of(self, features: Values) -> Values:
        """Probabilities, shape (n,), for features of shape (n, features)."""
        probabilities: Values = 1.0 / (1.0 + np.exp(-np.clip(self.bias + features @ self.weights, -35.0, 35.0)))
        return probabilities


def fit(features: Values, labels: Values, importance: Values, penalty: float = 1.0) -> Fit:
    """Fits n examples: `features` (n, features), `labels` 0 or 1 and `importance` v > 0, both (n,).

    The penalty applies to features in standard deviations, so that their scales do not matter; a feature that never
    changes gets the weight 0. Raises ValueError where the labels are not both there.
    """
    if len(set(labels.tolist())) < 2:
        raise ValueError("logistic regression needs examples of both labels")
    mean = np.average(features, axis=0, weights=importance)
    spread = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=importance))
    spread = np.where(spread > _SMALL, spread, np.inf)
    rows = np.column_stack([np.ones(len(features)), (features - mean) / spread])
    ridge = np.full(rows.shape[1], penalty)
    ridge[0] = _BARELY
    beta = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(rows @ beta, -35.0, 35.0)))
        slope = rows.T @ (importance * (labels - p)) - ridge * beta
        curve = (rows * (importance * p * (1.0 - p))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < _SMALL:
            break
    weights = beta[1:] / spread
    return Fit(float(beta[0] - weights @ mean), weights)
