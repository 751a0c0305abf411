"""What a unit is responsible for: every clause that names it, over all documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from corpus.gazetteer import Mention
from corpus.model import Role
from index.library import Library
from index.records import StoredDocument, StoredDuty

from . import answer, wording
from .model import Answer, UnitRole
from .phrases import TOGETHER
from .places import scope
from .question import Question

_Register = dict[int, list[StoredDuty]]
_ASKED_ROLE: dict[str, Role] = {
    "牵头": "lead",
    "配合": "support",
    "参与": "support",
    "协助": "support",
    " lead": "lead",
}


def answer_tasks(library: Library, held: Mapping[str, StoredDocument], asked: Question) -> Answer:
    """All clauses of the units asked about; of units that act together, the clauses that name all of them."""
    allowed = documents_of(before_the_name(asked.places, asked.subjects), list(held.values()))
    registers = [_register(library, names, allowed) for names in asked.subjects]
    wanted = next((role for word, role in _ASKED_ROLE.items() if word in asked.text), None)
    kept = _kept(registers, wanted, asked)
    note = wording.no_such_role(asked.language, wanted) if wanted and not kept else ""
    kept = kept or _kept(registers, None, asked)
    if not kept:
        named = [names[0] for names in asked.subjects]
        return answer.refused(asked, wording.no_tasks(asked.language, named, asked.alone, asked.places))
    duties = {key: [duty for register in registers for duty in register.get(key, ())] for key in kept}
    names = tuple(dict.fromkeys(duty.duty.unit for each in duties.values() for duty in each))
    hits = answer.listed((each[0].clause for each in duties.values()), held)
    owners = {hit.document.id for hit in hits}
    words = note + wording.unit_tasks(asked.language, names, None if note else wanted, len(hits), len(owners))
    units = tuple(UnitRole(name, _usual_role(duties.values(), name)) for name in names)
    return Answer(asked.text, asked.language, "unit_duties", True, words, 1.0, units, hits)


def before_the_name(places: Sequence[Mention], subjects: Sequence[Sequence[str]]) -> tuple[Mention, ...]:
    """The places that are no part of the units' own names: of 天津海关 none, of 天津市教委 for 市教委 天津市."""
    names = [name for each in subjects for name in each]
    return tuple(place for place in places if not all(place.text in name for name in names))


def documents_of(places: Sequence[Mention], documents: Sequence[StoredDocument]) -> frozenset[str]:
    """The documents of the places named: their own, or those of the places above when they have none of their own."""
    for tier in scope(places, documents).tiers:
        if tier.documents is None:
            return frozenset(document.id for document in documents)
        if tier.relation in ("same", "above"):
            return tier.documents
    return frozenset()


def _register(library: Library, names: Sequence[str], allowed: Collection[str]) -> _Register:
    found: _Register = {}
    for name in names:
        for duty in library.duties(name):
            if duty.document.id in allowed:
                found.setdefault(duty.clause.key, []).append(duty)
    return found


def _kept(registers: Sequence[_Register], wanted: Role | None, asked: Question) -> list[int]:
    """The clauses that count: in the role asked for, together or each, alone."""
    fitting = [
        {key for key, duties in register.items() if wanted is None or any(duty.duty.role == wanted for duty in duties)}
        for register in registers
    ]
    together = TOGETHER.search(asked.text) is not None
    keys = set.intersection(*fitting) if together else set.union(*fitting)
    ordered = [key for register in registers for key in register if key in keys]
    if asked.alone:
        clauses = {key: register[key][0].clause.clause for register in registers for key in register}
        ordered = [key for key in ordered if len(clauses[key].duties) == 1]
    return list(dict.fromkeys(ordered))


def _usual_role(duties: Iterable[Sequence[StoredDuty]], name: str) -> Role:
    roles = [duty.duty.role for each in duties for duty in each if duty.duty.unit == name]
    return max(sorted(set(roles)), key=roles.count)
