"""Answer or refuse: the first offer that is sure enough answers, and what else could is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.records import StoredDocument

from . import answer, wording
from .confidence import Scale
from .lookup import Lookup, Offer, Weighed
from .model import Answer
from .rank import Ranked

CLOSE = 0.3  # a clause of another document this near in score answers as well


def decide(lookup: Lookup, scale: Scale, held: Mapping[str, StoredDocument], top: int) -> Answer:
    """The answer from the first tier whose best clause reaches the threshold; otherwise no document says so.

    A refusal's confidence stays below the threshold, even where a clause is surely about the topic but lacks the figure.
    """
    nearest: list[Ranked] = []
    surest, figure_missing = 0.0, False
    for offer in lookup.offers(top):
        best = offer.best
        if best is not None and scale.of(best.evidence) >= scale.threshold:
            return _answered(lookup, offer, best, scale, held)
        figure_missing = figure_missing or any(_lacks_figure(lookup, each, scale) for each in offer.weighed)
        surest = max([surest, *(scale.of(each.evidence) for each in offer.weighed)])
        nearest += offer.ranked
    asked, place = lookup.asked, lookup.within.place
    found = answer.hits(sorted(nearest, key=lambda each: (-each.score, each.stored.key))[:top], held)
    words = wording.refusal(asked.language, place, bool(found))
    if figure_missing:
        years = asked.years if asked.kind == "quantity" else ()
        words = wording.no_figure(asked.language, place, asked.kind == "deadline", years)
    return answer.refused(asked, words, found, min(surest, scale.threshold - 0.01))


def _lacks_figure(lookup: Lookup, each: Weighed, scale: Scale) -> bool:
    """Whether a figure is asked for which the clause, surely about the topic, does not say."""
    asked_for = lookup.asked.kind in ("quantity", "deadline") and not each.says
    return (
        asked_for
        and each.of_place
        and each.designates
        and scale.of(replace(each.evidence, figure=0.0)) >= scale.threshold
    )


def _answered(lookup: Lookup, offer: Offer, best: Weighed, scale: Scale, held: Mapping[str, StoredDocument]) -> Answer:
    ranked = [best.ranked, *(each for each in offer.ranked if each is not best.ranked)]
    note = _note(lookup, offer, best.ranked, held)
    likely = [each.ranked for each in offer.weighed if each.fits and scale.of(each.evidence) >= scale.threshold]
    also = _also(lookup, best.ranked, likely, held)
    found = answer.hits(ranked, held)
    return answer.answered(
        lookup.asked, best.ranked, best.figure, lookup.topic, found, scale.of(best.evidence), note, also
    )


def _also(lookup: Lookup, best: Ranked, likely: Sequence[Ranked], held: Mapping[str, StoredDocument]) -> str:
    """Names the other documents that answer as well, when the question named no place to choose by."""
    rivals = (
        each
        for each in likely
        if not lookup.asked.places
        and each.score >= best.score - CLOSE
        and each.coverage.literal >= best.coverage.literal
        and each.coverage.soft >= best.coverage.soft
    )
    others = dict.fromkeys(each.stored.document_id for each in rivals)
    others.pop(best.stored.document_id, None)
    if not others:
        return ""
    return wording.also(lookup.asked.language, held[best.stored.document_id], [held[other] for other in others])


def _note(lookup: Lookup, offer: Offer, best: Ranked, held: Mapping[str, StoredDocument]) -> str:
    if offer.tier.relation not in ("above", "below"):
        return ""
    document = held[best.stored.document_id]
    said = wording.about if lookup.within.named_in(best.stored.clause.text) else wording.fallback
    return said(lookup.asked.language, lookup.within.place, document)
