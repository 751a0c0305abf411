"""Which units of a clause answer for its quoted sentence, and how they are said."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Clause, Duty, Span

from .model import Language, UnitRole
from .quote import cut, segments
from .terms import Topic

_ROLE_ZH = {"lead": "牵头单位", "responsible": "责任单位", "support": "配合单位"}
_ROLE_EN = {"lead": "Lead", "responsible": "Responsible", "support": "Support"}


def responsible(clause: Clause, quote: Span, topic: Topic) -> tuple[UnitRole, ...]:
    """The units that the clause names for the quoted sentence, in the order in which it names them.

    Several statements in one clause each govern the text before them; prose names the units of its own sentence.
    """
    duties = clause.duties
    if len(clause.statements) > 1:
        duties = _governing(clause, quote) or duties
    elif not clause.statements and not any(duty.inherited for duty in duties):
        duties = _in_sentence(clause, quote, topic) or _in_line(clause, quote) or duties
    return tuple(dict.fromkeys(UnitRole(duty.unit, duty.role) for duty in duties))


def say(units: Sequence[UnitRole], language: Language) -> str:
    """The units by role: 牵头单位：A；配合单位：B、C."""
    labels = _ROLE_ZH if language == "zh" else _ROLE_EN
    colon, stop, comma = ("：", "；", "、") if language == "zh" else (": ", "; ", ", ")
    groups = []
    for role, label in labels.items():
        names = [unit.name for unit in units if unit.role == role]
        if names:
            groups.append(label + colon + comma.join(names))
    return stop.join(groups)


def _governing(clause: Clause, quote: Span) -> tuple[Duty, ...]:
    """The units of the first statement that ends after the quote. The grammar is loaded only for such a clause."""
    from corpus.duties import clause_duties

    start = clause.start
    for statement in clause.statements:
        if statement.end > quote.start:
            found = clause_duties(
                clause.text, start - clause.start, statement.end - clause.start, first_leads=_first_leads(clause)
            )
            return found
        start = statement.end
    return ()


def _first_leads(clause: Clause) -> bool:
    roles = [duty.role for duty in clause.duties]
    return roles[:1] == ["lead"] and "support" not in roles and roles.count("lead") == 1


def _in_sentence(clause: Clause, quote: Span, topic: Topic) -> tuple[Duty, ...]:
    inside = tuple(duty for duty in clause.duties if quote.start <= duty.start < quote.end)
    if len(inside) < 2 or any(duty.role != "responsible" for duty in inside):
        return inside
    parts = [part for part in segments(clause, quote) if any(part.start <= duty.start < part.end for duty in inside)]
    if len(parts) < 2:
        return inside
    scores = [topic.literal(cut(clause, part)) for part in parts]
    best = max(scores)
    if scores.count(best) > 1:
        return inside
    part = parts[scores.index(best)]
    return tuple(duty for duty in inside if part.start <= duty.start < part.end)


def _in_line(clause: Clause, quote: Span) -> tuple[Duty, ...]:
    text = clause.text
    left = text.rfind("\n", 0, quote.start - clause.start) + 1 + clause.start
    right = text.find("\n", quote.end - clause.start)
    end = clause.end if right < 0 else right + clause.start
    return tuple(duty for duty in clause.duties if left <= duty.start < end)
