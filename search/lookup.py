"""One question looked up in the library: tier by tier of its places, the ranked clauses and what speaks for the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import Quantity
from index.library import Library
from index.records import StoredDocument

from . import figures, years
from .evidence import Evidence, evidence
from .places import Tier, scope
from .question import Question
from .quote import cut
from .rank import Ranked, Ranker

WEIGHED = 3  # clauses of a tier that are looked at for what is asked
_DESIGNATION = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z\d]+")  # 5g, ipv6: another one is another thing, however alike


@dataclass(frozen=True, slots=True)
class Weighed:
    """A ranked clause with its evidence. `of_place`: its document speaks for the place asked about; `designates`: it holds
    the designations of the question, such as 5G; `says`: it holds the figure asked for, if any is, and for that place;
    `figure`: the quantity that it gives."""

    ranked: Ranked
    evidence: Evidence
    of_place: bool
    designates: bool
    says: bool
    figure: Quantity | None = None

    @property
    def fits(self) -> bool:
        """Whether it could answer, if it is about the topic."""
        return self.of_place and self.designates and self.says


@dataclass(frozen=True, slots=True)
class Offer:
    """What the documents of one tier have: their best clauses in order, the first of them weighed."""

    tier: Tier
    ranked: tuple[Ranked, ...]
    weighed: tuple[Weighed, ...]

    @property
    def best(self) -> Weighed | None:
        """The first clause that could answer, None when no clause could."""
        return next((each for each in self.weighed if each.fits), None)


class Lookup:
    """A question that is searched for in the documents `named`, or in all of `held` when that is None."""

    def __init__(
        self,
        library: Library,
        ranker: Ranker,
        asked: Question,
        held: Mapping[str, StoredDocument],
        named: Sequence[StoredDocument] | None,
    ) -> None:
        self._library = library
        self._ranker = ranker
        self._held = held
        self._only = None if named is None else frozenset(document.id for document in named)
        self.asked = asked
        self.topic = ranker.topic(asked.topic)
        self.within = scope(asked.places, list(held.values() if named is None else named), asked.level)
        self._designations = [word for word in self.topic.words if _DESIGNATION.fullmatch(word)]

    def offers(self, top: int) -> Iterator[Offer]:
        """The tiers in the order in which they may answer, each looked up when it is its turn; `top` clauses of each."""
        for tier in self.within.tiers:
            documents = self._only if tier.documents is None else tier.documents
            ranked = self._ranker.rank(self.asked, self.topic, max(top, WEIGHED), self._held, documents)
            weighed = [self._weigh(each, tier) for each in ranked[:WEIGHED]]
            yield Offer(tier, tuple(ranked[:top]), tuple(weighed))

    def _weigh(self, each: Ranked, tier: Tier) -> Weighed:
        clause, stated, says = each.stored.clause, None, True
        if "quantity" in self.asked.asked:
            title = self._held[each.stored.document_id].title
            asked, titled = self._of_years(title), years.of_title(title)
            stated = figures.stated(asked, clause, each.quote, self.topic, titled)
            says = stated is not None or figures.says_number(asked, clause, each.quote, titled)
        if self.asked.kind == "deadline":
            time = figures.deadline(self.asked, clause, each.quote)
            says = time is not None or figures.says_time(clause, each.quote)
        elif self.asked.kind != "quantity":
            says = True
        near = stated.near if stated is not None and self.asked.kind == "quantity" else None
        spoken = evidence(self.topic, each, tier, near)
        says = says and self._for_place(each, tier)
        figure = None if stated is None else stated.quantity
        return Weighed(each, spoken, self._of_place(each, tier), self._designates(each), says, figure)

    def _of_years(self, title: str) -> Question:
        """The question without the years that only name the document (2024年工作要点)."""
        return replace(self.asked, years=self.asked.years - years.naming(title, self.asked.text))

    def _for_place(self, each: Ranked, tier: Tier) -> bool:
        """A figure of another place's document counts only if its sentence names the place asked about."""
        if self.asked.kind not in ("quantity", "deadline"):
            return True
        return tier.relation not in ("above", "below") or self.within.named_in(cut(each.stored.clause, each.quote))

    def _of_place(self, each: Ranked, tier: Tier) -> bool:
        """A document that does not state its region answers for a place only if it names the place somewhere."""
        return tier.relation != "unstated" or self.within.named_in(self._library.text(each.stored.document_id))

    def _designates(self, each: Ranked) -> bool:
        if not self._designations:
            return True
        clause, title = each.stored.clause, self._held[each.stored.document_id].title
        said = self._library.segmenter.normalise(" ".join((title, *clause.path, clause.text)))
        return all(word in said for word in self._designations)
