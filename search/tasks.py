"""What a unit is responsible for: every clause that names it, over all documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from corpus.model import Role
from index.library import Library
from index.records import StoredClause, StoredDocument, StoredDuty

from . import answer, wording
from .model import Answer, Hit, UnitRole
from .places import scope
from .question import Question
from .quote import sentences

_ASKED_ROLE: dict[str, Role] = {
    "牵头": "lead",
    "配合": "support",
    "参与": "support",
    "协助": "support",
    " lead": "lead",
}


def answer_tasks(library: Library, held: Mapping[str, StoredDocument], asked: Question) -> Answer:
    """All clauses of the units asked about; with several units, the clauses that name all of them."""
    allowed = _places(asked, list(held.values()))
    registers = [_register(library, names, allowed) for names in asked.subjects]
    common = [key for key in registers[0] if all(key in register for register in registers)]
    wanted = next((role for word, role in _ASKED_ROLE.items() if word in asked.text), None)
    kept = _with_role(wanted, registers, common)
    note = wording.no_such_role(asked.language, wanted) if wanted and not kept else ""
    kept = kept or common
    if asked.alone:
        kept = [key for key in kept if len(registers[0][key][0].clause.clause.duties) == 1]
    if not kept:
        return answer.refused(
            asked, wording.no_tasks(asked.language, [names[0] for names in asked.subjects], asked.alone)
        )
    names = tuple(dict.fromkeys(duty.duty.unit for register in registers for key in kept for duty in register[key]))
    hits = tuple(_hit(place, registers[0][key][0].clause, held) for place, key in enumerate(kept, start=1))
    owners = {hit.document.id for hit in hits}
    words = note + wording.unit_tasks(asked.language, names, None if note else wanted, len(hits), len(owners))
    units = tuple(UnitRole(name, _shared_role(registers, kept, name)) for name in names)
    return Answer(asked.text, asked.language, "unit_duties", True, words, 1.0, units, hits)


def _hit(place: int, stored: StoredClause, held: Mapping[str, StoredDocument]) -> Hit:
    return answer.hit(place, 1.0, stored, sentences(stored.clause)[0], held)


def _places(asked: Question, documents: Sequence[StoredDocument]) -> Collection[str]:
    tiers = scope(asked.places, documents).tiers
    if tiers and tiers[0].relation == "same" and tiers[0].documents:
        return tiers[0].documents
    return frozenset(document.id for document in documents)


def _register(library: Library, names: Sequence[str], allowed: Collection[str]) -> dict[int, list[StoredDuty]]:
    found: dict[int, list[StoredDuty]] = {}
    for name in names:
        for duty in library.duties(name):
            if duty.document.id in allowed:
                found.setdefault(duty.clause.key, []).append(duty)
    return found


def _with_role(wanted: Role | None, registers: Sequence[dict[int, list[StoredDuty]]], keys: Sequence[int]) -> list[int]:
    """The clauses where every unit has the role that was asked for; all when none was."""
    if wanted is None:
        return list(keys)
    return [key for key in keys if all(any(duty.duty.role == wanted for duty in reg[key]) for reg in registers)]


def _shared_role(registers: Sequence[dict[int, list[StoredDuty]]], keys: Sequence[int], name: str) -> Role:
    roles = [duty.duty.role for reg in registers for key in keys for duty in reg[key] if duty.duty.unit == name]
    return max(set(roles), key=roles.count) if roles else "responsible"
