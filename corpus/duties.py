"""Who is responsible: explicit duty statements, prose duties and table cells, with roles and exact spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.folding import fold, unwrapped
from corpus.model import Duty, Role
from corpus.prose import prose_units
from corpus.roles import first_leads_at, named_units
from corpus.statements import Statement, duty, statements

__all__ = ["Statement", "cell_duties", "clause_duties", "first_leads_from", "statements"]

_STRENGTH: dict[Role, int] = {"lead": 0, "responsible": 1, "support": 2}


def first_leads_from(text: str) -> int | None:
    """Offset from which the text declares that the unit named first leads (列首位的为牵头单位), None if it never does."""
    view = fold(text, 0, len(text))
    at = first_leads_at(view)
    return None if at is None else view.at[at]


def clause_duties(text: str, start: int, end: int, *, first_leads: bool) -> tuple[Duty, ...]:
    """The duties of the clause `text[start:end]`: those of its statements or, where it has none, those its prose gives.

    One duty per unit, in order of first mention, with the strongest role it has. `first_leads`: the document has declared
    that the unit listed first leads.
    """
    if explicit := statements(text, start, end):
        return _merged(one for found in explicit for one in (_first_led(found) if first_leads else found.duties))
    view = unwrapped(fold(text, start, end))
    return _merged(duty(view, named) for named in prose_units(view))


def cell_duties(text: str, start: int, end: int, role: Role) -> tuple[Duty, ...]:
    """The duties that a table cell gives; `role` is that of its column. 无, / and an empty cell give none."""
    view = fold(text, start, end)
    return _merged(duty(view, named) for named in named_units(view, 0, len(view.text), role))


def _first_led(found: Statement) -> tuple[Duty, ...]:
    """The statement's duties with the first leading, unless it says itself who leads or supports."""
    if any(one.role != "responsible" for one in found.duties):
        return found.duties
    return (replace(found.duties[0], role="lead"), *found.duties[1:])


def _merged(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    merged: dict[str, Duty] = {}
    for one in duties:
        known = merged.setdefault(one.unit, one)
        if _STRENGTH[one.role] < _STRENGTH[known.role]:
            merged[one.unit] = one
    return tuple(merged.values())
