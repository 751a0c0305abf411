"""The door of search: Engine.ask(), .search(), .duties()."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import Span
from index.library import Library
from index.records import StoredClause, StoredDocument, StoredDuty

from . import answer, documents, figures, issued, tasks, wording
from .address import Address, answers_to, lies_under
from .confidence import THRESHOLD, confidence
from .model import Answer, Hit
from .names import UnitIndex
from .places import Scope, Tier, mentions, own, scope
from .question import Question, analyse, check
from .quote import cut
from .rank import Ranked, Ranker
from .rerank import Reranker
from .terms import Coverage, Topic

_ONLY_TIME = re.compile(r"[\d\s年月日底前以]+")
TRIED = 3  # clauses looked at for the figure asked for
CLOSE = 0.3  # a clause of another document this near in score answers as well
MANY = 200  # documents in which an address without a document is still looked up


class UnknownUnit(LookupError):
    """No document names the unit. `nearest` holds the names most like it."""

    def __init__(self, unit: str, nearest: Sequence[str]) -> None:
        super().__init__(wording.unknown_unit("zh", unit, nearest))
        self.unit = unit
        self.nearest = tuple(nearest)


@dataclass(frozen=True)
class _Shelf:
    """What is known of one version of the library: its documents by id, their regions, its unit names."""

    version: int
    documents: dict[str, StoredDocument]
    regions: frozenset[str]
    units: UnitIndex


class Engine:
    """Answers questions over one library, its clauses re-ordered by `reranker` where there is one.

    Safe to share between threads: it keeps nothing but what it read last.
    """

    def __init__(self, library: Library, reranker: Reranker | None = None) -> None:
        self.library = library
        self._ranker = Ranker(library, reranker)
        self._shelf: _Shelf | None = None

    def ask(self, question: str, top: int = 5) -> Answer:
        """The answer with at most `top` hits (all of them for a unit's duties). Raises QuestionError."""
        shelf = self._now()
        asked = analyse(question, shelf.units, shelf.regions)
        if asked.kind == "unit_duties":
            return self._unit_duties(asked, shelf)
        named, complaint = self._named(asked, shelf)
        if complaint:
            return answer.refused(asked, complaint)
        if asked.address is not None:
            return self._addressed(asked, asked.address, named, top)
        if issued.asks_for_issue(asked):
            found = issued.meant(asked, named, len(named) == len(shelf.documents))
            if said := issued.say(asked, found):
                return self._shown(asked, shelf, found, top, said)
        if asked.denied:
            return answer.refused(asked, wording.denied(asked.language))
        if not asked.topic and (asked.title or asked.doc_number):
            return self._shown(asked, shelf, named, top, wording.shown(named))
        if not asked.topic or _ONLY_TIME.fullmatch(asked.topic):
            return answer.refused(asked, wording.too_vague(asked.language))
        return self._searched(asked, shelf, named if len(named) < len(shelf.documents) else None, top)

    def search(self, words: str, top: int = 10) -> list[Hit]:
        """The clauses nearest to the words, best first; those of the place named come first. Raises QuestionError."""
        shelf = self._now()
        asked = analyse(words, shelf.units, shelf.regions)
        asked = asked if asked.topic else replace(asked, topic=check(words))
        topic = self._ranker.topic(asked.topic)
        ranked: list[Ranked] = []
        for tier in scope(asked.places, list(shelf.documents.values())).tiers:
            ranked += self._ranker.rank(asked, topic, top - len(ranked), shelf.documents, tier.documents)
            if len(ranked) >= top:
                break
        return list(answer.hits(ranked, shelf.documents))

    def duties(self, unit: str) -> list[StoredDuty]:
        """Every duty of a unit, by any usual form of its name. Raises UnknownUnit with the nearest names.

        A place before the name (天津市教委 for 市教委) leaves only the documents that speak for that place.
        """
        shelf = self._now()
        names = shelf.units.resolve(unit)
        places = tasks.before_the_name(mentions(unit, "zh", shelf.regions), [names])
        allowed = tasks.documents_of(places, list(shelf.documents.values()))
        found = [duty for name in names for duty in self.library.duties(name) if duty.document.id in allowed]
        if not found:
            raise UnknownUnit(unit, shelf.units.nearest(unit))
        return found

    def units(self) -> UnitIndex:
        """The unit names of the library as it is now."""
        return self._now().units

    def _now(self) -> _Shelf:
        shelf, version = self._shelf, self.library.version()
        if shelf is None or shelf.version != version:
            held = {document.id: document for document in self.library.documents()}
            regions = frozenset(document.region for document in held.values() if document.region)
            shelf = _Shelf(version, held, regions, UnitIndex(name for name, _ in self.library.units()))
            self._shelf = shelf
        return shelf

    def _named(self, asked: Question, shelf: _Shelf) -> tuple[list[StoredDocument], str]:
        """The documents that the question names, all when it names none, and a complaint when they are not held."""
        held = list(shelf.documents.values())
        if asked.title:
            found = documents.by_title(asked.title, held)
            return found, "" if found else wording.unknown_title(asked.title)
        if asked.doc_number:
            found = documents.by_number(asked.doc_number, held)
            return found, "" if found else wording.unknown_number(asked.doc_number)
        return held, ""

    def _addressed(self, asked: Question, address: Address, named: Sequence[StoredDocument], top: int) -> Answer:
        inside = own(asked.places, named)  # an address is never looked up in another place's documents
        hinted = documents.by_hint(asked.topic, inside)
        if not inside or hinted == []:
            return answer.refused(asked, wording.unknown_document(asked.places, asked.topic))
        inside = inside if hinted is None else hinted
        if len(inside) > MANY:
            return answer.refused(asked, wording.which_document(len(inside), address.text))
        clauses = [clause for document in inside for clause in self.library.clauses(document.id)]
        found = [each for each in clauses if answers_to(each.clause.path, address)]
        found = found or [each for each in clauses if lies_under(each.clause.path, address)]
        if not found:
            return answer.refused(asked, wording.unknown_address(address.text, inside))
        return self._at_address(asked, address, found, {document.id: document for document in inside}, top)

    def _shown(self, asked: Question, shelf: _Shelf, named: Sequence[StoredDocument], top: int, words: str) -> Answer:
        """What is said of whole documents, with how they begin."""
        clauses = [clause for document in named for clause in self.library.clauses(document.id)][:top]
        return Answer(
            asked.text, asked.language, asked.kind, True, words, 1.0, (), answer.listed(clauses, shelf.documents)
        )

    def _at_address(
        self,
        asked: Question,
        address: Address,
        found: Sequence[StoredClause],
        held: dict[str, StoredDocument],
        top: int,
    ) -> Answer:
        topic = self._ranker.topic(asked.topic)
        ranked = [
            Ranked(each, 1.0, 1.0, Coverage(1.0, 1.0), self._quote(each, topic, asked)) for each in found[: max(top, 1)]
        ]
        hits = answer.hits(ranked, held)
        owners = list(dict.fromkeys(each.document_id for each in found))
        if len(owners) > 1:
            return answer.refused(asked, wording.many_addresses(address.text, [held[owner] for owner in owners]), hits)
        return answer.answered(asked, ranked[0], topic, hits, 1.0, "")

    def _quote(self, stored: StoredClause, topic: Topic, asked: Question) -> Span:
        if asked.kind == "clause":
            return Span(stored.clause.start, stored.clause.end)
        return self._ranker.quote(stored, topic)

    def _searched(self, asked: Question, shelf: _Shelf, named: Sequence[StoredDocument] | None, top: int) -> Answer:
        held = shelf.documents
        within = scope(asked.places, list(named if named is not None else held.values()))
        only = None if named is None else frozenset(document.id for document in named)
        topic = self._ranker.topic(asked.topic)
        nearest: list[Ranked] = []
        surest, figure_missing = 0.0, False
        for tier in within.tiers:
            ranked = self._ranker.rank(asked, topic, top, held, only if tier.documents is None else tier.documents)
            sure = [(each, self._sure(asked, each)) for each in ranked[:TRIED]]
            tried = sure if sure and sure[0][1] >= THRESHOLD else []
            likely = [(each, how) for each, how in tried if how >= THRESHOLD and self._of_place(each, within, tier)]
            for best, how in likely:
                if self._speaks(asked, best, topic, within, tier):
                    ordered = [best, *(each for each in ranked if each is not best)]
                    note = self._note(asked, within, tier, best, held)
                    also = self._also(asked, best, [each for each, _ in likely], held)
                    found = answer.hits(ordered, held)
                    return answer.answered(asked, best, topic, found, how, note, also)
            figure_missing = figure_missing or bool(likely)
            surest, nearest = max([surest, *(how for _, how in sure)]), nearest + ranked
        return self._refused(asked, within, answer.hits(_best_first(nearest)[:top], held), surest, figure_missing)

    def _sure(self, asked: Question, each: Ranked) -> float:
        return confidence(asked.language, each.coverage, each.cosine)

    def _also(self, asked: Question, best: Ranked, likely: Sequence[Ranked], held: Mapping[str, StoredDocument]) -> str:
        """Names the other documents that answer as well, when the question named no place to choose by."""
        rivals = (
            each
            for each in likely
            if not asked.places
            and each.score >= best.score - CLOSE
            and each.coverage.literal >= best.coverage.literal
            and each.coverage.soft >= best.coverage.soft
        )
        others = dict.fromkeys(each.stored.document_id for each in rivals)
        others.pop(best.stored.document_id, None)
        if not others:
            return ""
        return wording.also(asked.language, held[best.stored.document_id], [held[other] for other in others])

    def _of_place(self, best: Ranked, within: Scope, tier: Tier) -> bool:
        """A document that does not state its region answers for a place only if it names the place somewhere."""
        return tier.relation != "unstated" or within.named_in(self.library.text(best.stored.document_id))

    def _speaks(self, asked: Question, best: Ranked, topic: Topic, within: Scope, tier: Tier) -> bool:
        """Whether the clause holds the figure asked for, and for the place asked about."""
        clause = best.stored.clause
        if asked.kind == "quantity":
            figure = figures.quantity(asked, clause, best.quote, topic)
            said = figure is not None or figures.says_number(asked, clause, best.quote)
        elif asked.kind == "deadline":
            said = figures.deadline(asked, clause, best.quote) is not None or figures.says_time(clause, best.quote)
        else:
            return True
        return said and (tier.relation not in ("above", "below") or within.named_in(cut(clause, best.quote)))

    def _note(
        self, asked: Question, within: Scope, tier: Tier, best: Ranked, held: Mapping[str, StoredDocument]
    ) -> str:
        if tier.relation not in ("above", "below"):
            return ""
        document = held[best.stored.document_id]
        if within.named_in(best.stored.clause.text):
            return wording.about(asked.language, within.place, document)
        return wording.fallback(asked.language, within.place, document)

    def _refused(
        self, asked: Question, within: Scope, nearest: tuple[Hit, ...], surest: float, figure_missing: bool
    ) -> Answer:
        if figure_missing:
            words = wording.no_figure(asked.language, within.place, asked.kind == "deadline")
        else:
            words = wording.refusal(asked.language, within.place, bool(nearest))
        return answer.refused(asked, words, nearest, min(surest, THRESHOLD - 0.01))

    def _unit_duties(self, asked: Question, shelf: _Shelf) -> Answer:
        if not asked.subjects and asked.language == "en":
            meant = shelf.units.by_meaning(asked.unknown_unit, self.library.embedder)
            asked = replace(asked, subjects=(meant,) if meant else ())
        if not asked.subjects:
            nearest = shelf.units.nearest(asked.unknown_unit)
            return answer.refused(asked, wording.unknown_unit(asked.language, asked.unknown_unit, nearest))
        return tasks.answer_tasks(self.library, shelf.documents, asked)


def _best_first(ranked: Sequence[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda each: (-each.score, each.stored.key))
