"""The door of search: Engine.ask(), .search(), .duties()."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.model import Span
from index.library import Library
from index.records import StoredClause, StoredDocument, StoredDuty

from . import answer, documents, figures, issued, tasks, wording
from .address import Address, answers_to, lies_under
from .confidence import Confidence
from .decision import decide
from .lookup import Lookup
from .model import Answer, Hit
from .names import UnitIndex
from .places import mentions, own, scope
from .question import Question, analyse, check
from .rank import Ranked, Ranker
from .rerank import Reranker
from .terms import Coverage, Topic

_ONLY_TIME = re.compile(r"[\d\s年月日底前以]+")
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
        said = self._without_a_search(asked, shelf, top)
        if said is not None:
            return said
        return decide(self._lookup(asked, shelf), self._confidence.scales[asked.language], shelf.documents, top)

    def lookup(self, question: str) -> Lookup | None:
        """How `ask` searches for the question, None when it answers or refuses without. Raises QuestionError."""
        shelf = self._now()
        asked = analyse(question, shelf.units, shelf.regions)
        return None if self._without_a_search(asked, shelf, 1) else self._lookup(asked, shelf)

    def _without_a_search(self, asked: Question, shelf: _Shelf, top: int) -> Answer | None:
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
        return None

    def _lookup(self, asked: Question, shelf: _Shelf) -> Lookup:
        named, _ = self._named(asked, shelf)
        within = named if len(named) < len(shelf.documents) else None
        return Lookup(self.library, self._ranker, asked, shelf.documents, within)

    def search(self, words: str, top: int = 10) -> list[Hit]:
        """The clauses nearest to the words, best first; those of the place named come first. Raises QuestionError."""
        shelf = self._now()
        asked = analyse(words, shelf.units, shelf.regions)
        asked = asked if asked.topic else replace(asked, topic=check(words))
        topic = self._ranker.topic(asked.topic)
        ranked: list[Ranked] = []
        for tier in scope(asked.places, list(shelf.documents.values()), asked.level).tiers:
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

    @cached_property
    def _confidence(self) -> Confidence:
        return Confidence.load(self._ranker.fingerprint)

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
        figure = figures.quantity(asked, ranked[0].stored.clause, ranked[0].quote, topic)
        return answer.answered(asked, ranked[0], figure, topic, hits, 1.0)

    def _quote(self, stored: StoredClause, topic: Topic, asked: Question) -> Span:
        if asked.kind == "clause":
            return Span(stored.clause.start, stored.clause.end)
        return self._ranker.quote(stored, topic)

    def _unit_duties(self, asked: Question, shelf: _Shelf) -> Answer:
        if not asked.subjects and asked.language == "en":
            meant = shelf.units.by_meaning(asked.unknown_unit, self.library.embedder)
            asked = replace(asked, subjects=(meant,) if meant else ())
        if not asked.subjects:
            nearest = shelf.units.nearest(asked.unknown_unit)
            return answer.refused(asked, wording.unknown_unit(asked.language, asked.unknown_unit, nearest))
        return tasks.answer_tasks(self.library, shelf.documents, asked)
