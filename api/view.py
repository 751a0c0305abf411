"""What is shown of an answer, worked out once for the terminal and the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.model import Clause, Role
from index.records import StoredDocument
from search.model import Answer, Hit, Quote, UnitRole

NEAR = 2  # clauses offered beside the nearest one when no document answers
LONG = 120  # characters from which a quote is not said a second time
ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
_BLANK = re.compile(r"[ \t\u3000]*\n\s*")
_SENTENCE = re.compile(r"(?<=。)(?=.)|(?<=[.?!]) (?=[A-Z])")
_LABEL = re.compile(r"(?:牵头单位|责任单位|配合单位|Lead|Responsible|Support)[:：]\s*$")


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one document, in their order."""

    document: StoredDocument
    hits: tuple[Hit, ...]


def headline(answer: Answer) -> str:
    """The answer's words, less what is shown below them anyway: the list of units, or a long quote. May be empty."""
    said = answer.answer.removesuffix(answer.also)
    if answer.answered and answer.kind == "responsibility":
        first = min((at for at in (said.find(unit.name) for unit in answer.units) if at >= 0), default=0)
        label = _LABEL.search(said[:first])
        return said[: label.start()].rstrip() if label else said
    quote = answer.hits[0].quote.text.strip().rstrip("。.") if answer.hits else ""
    return said[: said.index(quote)].rstrip() if len(quote) > LONG and quote in said else said


def refusal(answer: Answer) -> tuple[str, str]:
    """A refusal's first sentence, and the others."""
    first, *others = _SENTENCE.split(answer.answer, maxsplit=1)
    return first, "".join(others)


def marked(hit: Hit) -> Quote | None:
    """The quote to be marked in its clause; None for a long clause that is quoted from end to end."""
    whole = hit.quote.start <= hit.clause.start and hit.quote.end >= hit.clause.end
    return None if whole and len(hit.clause.text) > LONG else hit.quote


def by_role(units: Iterable[UnitRole]) -> list[tuple[Role, list[str]]]:
    """Unit names under their roles, leaders first, each name once under a role."""
    held = list(units)
    grouped = [(role, list(dict.fromkeys(unit.name for unit in held if unit.role == role))) for role in ROLES]
    return [(role, names) for role, names in grouped if names]


def own_units(clause: Clause) -> list[tuple[Role, list[str]]]:
    """The units of one clause under their roles."""
    return by_role(UnitRole(duty.unit, duty.role) for duty in clause.duties)


def roles_here(hit: Hit, units: Sequence[UnitRole]) -> list[Role]:
    """The roles that the units asked about have in this clause, leaders first."""
    names = {unit.name for unit in units}
    held = {duty.role for duty in hit.clause.duties if duty.unit in names}
    return [role for role in ROLES if role in held]


def grouped(hits: Iterable[Hit]) -> list[Group]:
    """Hits under their documents, in the order in which the documents come."""
    return [Group(document, tuple(held)) for document, held in groupby(hits, key=lambda hit: hit.document)]


def path_of(clause: Clause) -> str:
    """The clause's headings on one line, its own number last."""
    return " › ".join(clause.path)


def first_words(text: str, limit: int) -> str:
    """The beginning of a text on one line, at most `limit` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def tidy(text: str) -> str:
    """Without blank lines and without the white space that indents a line."""
    return _BLANK.sub("\n", text)
