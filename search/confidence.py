"""How sure the answer is, and when not to answer.

    confidence = σ(bias + a · literal coverage + b · soft coverage + c · cosine)
with the coverage of the question's words by the best clause (see terms.py) and the cosine of its best passage. The
weights are logistic regressions on labelled questions, half the weight on questions over plans like the bundled ones and
half on questions over statutes of which every second has its answer taken away; the bias is set so that about one
answerable question in twenty is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .model import Language
from .terms import Coverage

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights for one language of question."""

    bias: float
    literal: float
    soft: float
    cosine: float


SCALES: dict[Language, Scale] = {
    "zh": Scale(bias=-7.4, literal=3.4, soft=3.0, cosine=10.4),
    "en": Scale(bias=-7.5, literal=0.0, soft=11.5, cosine=8.0),
}


def confidence(language: Language, coverage: Coverage, cosine: float) -> float:
    """Confidence in (0, 1) that the clause answers the question; below THRESHOLD it is not offered as an answer."""
    scale = SCALES[language]
    logit = scale.bias + scale.literal * coverage.literal + scale.soft * coverage.soft + scale.cosine * cosine
    return 1.0 / (1.0 + math.exp(-logit))
