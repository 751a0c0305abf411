"""How sure the answer is, and when not to answer.

confidence = σ(b + w₁·soft coverage + w₂·cosine + w₃·fit + w₄·heaviest missing word); the constants were fitted by eye on labelled questions and are kept
here in one place, so that a calibration can replace them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .model import Language


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights of the logistic for one language of question."""

    bias: float
    coverage: float
    cosine: float
    fit: float


SCALES: dict[Language, Scale] = {
    "zh": Scale(bias=-5.0, coverage=6.0, cosine=4.0, fit=0.6),
    "en": Scale(bias=-5.0, coverage=4.0, cosine=7.0, fit=0.6),
}
THRESHOLD = 0.5


def confidence(language: Language, coverage: float, cosine: float, fit: float) -> float:
    """Probability-like confidence in (0, 1) that the clause answers the question."""
    scale = SCALES[language]
    logit = scale.bias + scale.coverage * coverage + scale.cosine * cosine + scale.fit * fit
    return 1.0 / (1.0 + math.exp(-logit))
