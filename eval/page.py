"""A run of labelled questions as one self-contained page: figures, plots, every miss, every question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from eval import plots
from eval.cells import TYPES
from eval.labelled import Labelled
from eval.questions import Outcome, right_hit
from eval.starts import folded, squeezed

if TYPE_CHECKING:
    from eval.asking import Asked

_TEMPLATES = Path(__file__).parent / "templates"
_TYPE_NAMES = {kind: name for name, kind in TYPES.items()}
_SHOWN, _SHOWN_LATER = 140, 48  # characters of the first clause found, and of those after it
_HITS = 3


@dataclass(frozen=True, slots=True)
class UnitMark:
    """A unit in one of two lists; `odd` when the other list does not hold it."""

    name: str
    odd: bool


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """A clause as the page shows it: its document, the headings above it, how it begins, whether it is a right one."""

    document: str
    path: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that came out wrong: why, what was expected, what came. Units are None where the label names none."""

    number: int
    outcome: Outcome
    reasons: tuple[str, ...]
    wanted: tuple[ClauseCard, ...]
    came: tuple[ClauseCard, ...]
    wanted_units: tuple[UnitMark, ...] | None
    came_units: tuple[UnitMark, ...]
    doubtful: bool

    @property
    def same_units(self) -> bool:
        """Whether the units differ in their order only."""
        odd = any(unit.odd for unit in (*(self.wanted_units or ()), *self.came_units))
        return self.outcome.units_exact is False and not odd


def write(path: Path, found: Asked, asked: str) -> None:
    """Writes the page; `asked` names the questions. Raises OSError."""
    path.write_text(page(found, asked, datetime.now()), encoding="utf-8")


def page(found: Asked, asked: str, made_at: datetime) -> str:
    """The page as HTML, every text in it escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    outcomes = found.outcomes
    return environment.get_template("report.html").render(
        css=Markup((_TEMPLATES / "report.css").read_text(encoding="utf-8")),
        asked=asked,
        model=found.model,
        made_at=made_at,
        outcomes=outcomes,
        type_name=type_name,
        doubts=found.doubts,
        headlines=plots.headlines(outcomes),
        types=plots.types(outcomes, type_name),
        ranks=plots.ranks(outcomes),
        lanes=plots.confidences(outcomes),
        misses=misses(outcomes, {(doubt.q, doubt.where) for doubt in found.doubts}),
    )


def type_name(kind: str) -> str:
    """谁负责 for `who`; a type of the office's own as it is."""
    return _TYPE_NAMES.get(kind, kind)


def misses(outcomes: list[Outcome], doubtful: set[tuple[str, str]]) -> list[Miss]:
    """Every question that came out wrong, numbered as in the whole list; `doubtful` holds question and place of doubts."""
    titles = {hit.document.source: hit.document.title for each in outcomes for hit in each.answer.hits}
    return [
        _miss(number, each, titles, (each.label.q, each.label.where) in doubtful)
        for number, each in enumerate(outcomes, start=1)
        if not each.right
    ]


def reasons(outcome: Outcome) -> tuple[str, ...]:
    """What is wrong, in a few words each."""
    if not outcome.label.answerable:
        return ("该拒答，却回答了",)
    rank = outcome.rank
    said = [
        (not outcome.answer.answered, "有答案，却拒答了"),
        (rank is None, "前十条里没有正确条款"),
        (rank is not None and rank > 1, f"正确条款排在第 {rank}"),
        (outcome.units_exact is False and outcome.answer.answered, "单位不全对"),
    ]
    return tuple(words for holds, words in said if holds)


def unit_marks(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[UnitMark, ...]:
    """Each name, marked when the others do not hold it."""
    known = {folded(name) for name in others}
    return tuple(UnitMark(name, folded(name) not in known) for name in names)


def _miss(number: int, outcome: Outcome, titles: dict[str, str], doubtful: bool) -> Miss:
    label, answer = outcome.label, outcome.answer
    came = tuple(unit.name for unit in answer.units)
    return Miss(
        number,
        outcome,
        reasons(outcome),
        _wanted(label, titles),
        tuple(
            ClauseCard(
                f"《{hit.document.title}》",
                " › ".join(hit.clause.path),
                _short(squeezed(hit.clause.text), _SHOWN if hit.rank == 1 else _SHOWN_LATER),
                right_hit(label, hit),
            )
            for hit in answer.hits[:_HITS]
        ),
        None if label.units is None else unit_marks(label.units, came),
        unit_marks(came, came if label.units is None else label.units),
        doubtful,
    )


def _wanted(label: Labelled, titles: dict[str, str]) -> tuple[ClauseCard, ...]:
    return tuple(
        ClauseCard(f"《{titles[right.doc]}》" if right.doc in titles else right.doc, "", f"{right.start}……", True)
        for right in label.right
    )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}……"
