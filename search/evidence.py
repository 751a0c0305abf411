"""What speaks for a clause as the answer to a question, in numbers. confidence.py weighs them."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from .places import Tier
from .rank import Ranked
from .terms import Topic


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of one clause.

    `near`: cosine of its best sentence, or of the part of it that comes nearest, with the topic. `figure`: the cosine of the
    part that holds the number asked for, less `near`; 0 where no number is asked for. `gap`: the share in [0, 1] of the topic
    that its least covered word makes up: a near-miss covers all but the word that tells. `lead`: its score over the mean of
    the next ones. `fallback`: 1 where its document speaks for a place around or inside the one asked about.
    """

    near: float
    figure: float
    gap: float
    lead: float
    fallback: float

    def values(self) -> tuple[float, ...]:
        """The features in the order of NAMES."""
        return astuple(self)


NAMES = tuple(field.name for field in fields(Evidence))


def evidence(topic: Topic, each: Ranked, tier: Tier, figure_near: float | None) -> Evidence:
    """The evidence for a ranked clause of a tier; `figure_near` is the cosine of the number's part, if any."""
    return Evidence(
        near=each.near,
        figure=0.0 if figure_near is None else figure_near - each.near,
        gap=_gap(topic, each),
        lead=each.lead,
        fallback=float(tier.relation in ("above", "below")),
    )


def _gap(topic: Topic, each: Ranked) -> float:
    """max over words of weight · (1 − cover), over the sum of the weights; 1 for a clause that was not read closely."""
    total = float(topic.weights.sum())
    if not total or not each.coverage.words:
        return 1.0
    pairs = zip(topic.weights.tolist(), each.coverage.words, strict=True)
    return float(max(weight * (1.0 - cover) for weight, cover in pairs)) / total
