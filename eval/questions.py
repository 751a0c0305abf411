"""Asks labelled questions and judges the answers: the right clause, the right units, refusals where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from eval.errors import EvalError
from eval.labelled import Labelled, Right
from eval.measures import reciprocal_rank, share
from eval.starts import beginning, folded, squeezed
from search import Answer, Hit, QuestionError

DEPTH = 10
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what came of it. `rank` is that of the first right clause, None when none of the first ten is right.

    `units_exact`: the answer's units are the expected ones, in order; None when the label names none. `figures_said`:
    every number of the label's answer is in the reply (informative only); None when there is none to look for.
    """

    label: Labelled
    answer: Answer
    rank: int | None
    units_exact: bool | None
    figures_said: bool | None

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with it."""
        if not self.label.answerable:
            return not self.answer.answered
        return self.answer.answered and self.rank == 1 and self.units_exact is not False

    def as_json(self) -> dict[str, Any]:
        """Expected and got, side by side."""
        return {
            "q": self.label.q,
            "lang": self.label.lang,
            "type": self.label.type,
            "right": self.right,
            "rank": self.rank,
            "units_exact": self.units_exact,
            "figures_said": self.figures_said,
            "expected": {
                "clauses": [{"doc": each.doc, "clause_start": each.start} for each in self.label.right],
                "units": self.label.units,
                "answer": self.label.answer,
            },
            "got": {
                "answered": self.answer.answered,
                "kind": self.answer.kind,
                "confidence": round(self.answer.confidence, 3),
                "answer": self.answer.answer,
                "units": [unit.name for unit in self.answer.units],
                "clauses": [
                    {"doc": hit.document.source, "clause_start": squeezed(hit.clause.text)[:20]}
                    for hit in self.answer.hits[:3]
                ],
            },
        }


def judge(label: Labelled, answer: Answer) -> Outcome:
    """Compares one answer with its label. A hit is right if its text starts as a right clause does, however it was typed."""
    right = [_right_of(label, hit) for hit in answer.hits[:DEPTH]]
    rank = next((place for place, each in enumerate(right, start=1) if each is not None), None)
    expected = right[0].units if right and right[0] is not None else label.units
    got = tuple(unit.name for unit in answer.units)
    exact = None
    if label.units is not None and label.answerable:
        exact = [folded(name) for name in got] == [folded(name) for name in expected or ()]
    return Outcome(label, answer, rank, exact, _figures_said(label, answer))


def ask_all(
    labels: Sequence[Labelled], ask: Callable[[Labelled], Answer], progress: Callable[[int], None] | None = None
) -> list[Outcome]:
    """Asks every question and judges it; `progress` is called with 1 after each. Raises EvalError."""
    outcomes = []
    for label in labels:
        try:
            outcomes.append(judge(label, ask(label)))
        except QuestionError as error:
            raise EvalError(f"{label.where or label.q}：{error}") from error
        if progress is not None:
            progress(1)
    return outcomes


def summary(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """All measures over these outcomes, each in [0, 1]; None where no question of the kind is there."""
    answerable = [each for each in outcomes if each.label.answerable]
    unanswerable = [each for each in outcomes if not each.label.answerable]
    english = [each for each in answerable if each.label.lang == "en"]
    return {
        "first": share([each.rank == 1 for each in answerable]),
        "first_five": share([_in_five(each) for each in answerable]),
        "MRR@10": fmean(reciprocal_rank(each.rank) for each in answerable) if answerable else None,
        "units_exact": share([each.units_exact for each in answerable if each.units_exact is not None]),
        "figures_said": share([each.figures_said for each in answerable if each.figures_said is not None]),
        "no_answer_refused": share([not each.answer.answered for each in unanswerable]),
        "answerable_refused": share([not each.answer.answered for each in answerable]),
        "english_first_five": share([_in_five(each) for each in english]),
    }


def by_type(outcomes: Iterable[Outcome]) -> dict[str, dict[str, float | None]]:
    """The measures of each type of question, with its number of questions `n`."""
    groups: dict[str, list[Outcome]] = {}
    for each in outcomes:
        groups.setdefault(each.label.type, []).append(each)
    return {kind: {"n": len(group), **_of_interest(summary(group))} for kind, group in sorted(groups.items())}


def right_hit(label: Labelled, hit: Hit) -> bool:
    """Whether the hit is a right clause of the label."""
    return _right_of(label, hit) is not None


def _of_interest(measures: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: value for name, value in measures.items() if name != "english_first_five"}


def _in_five(outcome: Outcome) -> bool:
    return outcome.rank is not None and outcome.rank <= 5


def _right_of(label: Labelled, hit: Hit) -> Right | None:
    begins = beginning(hit.clause.text)
    return next((right for right in label.right if right.names(hit.document.source, begins)), None)


def _figures_said(label: Labelled, answer: Answer) -> bool | None:
    """Whether the numbers of the label's answer are in the reply or its first quote; None where there are none to check."""
    asked = label.lang != "en" and any(kind in label.type for kind in ("number", "deadline"))
    wanted = _NUMBER.findall(label.answer.translate(_DIGITS)) if asked and label.answerable else []
    if not wanted:
        return None
    said = (answer.answer + (answer.hits[0].quote.text if answer.hits else "")).translate(_DIGITS)
    return all(number in said for number in wanted)
