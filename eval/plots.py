"""The geometry of the report's plots: shares and positions in percent of the drawing, ready for the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.questions import DEPTH, Outcome
from eval.significance import wilson

BINS = 20
_SINGLY = 5  # ranks that have a bar of their own


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `n` came out so, with the 95 % Wilson interval; all three shares in percent."""

    name: str
    count: int
    n: int
    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of questions and its length in percent of the longest bar."""

    name: str
    count: int
    length: float


@dataclass(frozen=True, slots=True)
class Column:
    """Questions whose confidence lies in one bin, from `left` percent: heights of the answered and, above, of the refused."""

    left: float
    answered: float
    refused: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One histogram of confidence; `tallest` is the number of questions of its highest column."""

    name: str
    n: int
    tallest: int
    columns: tuple[Column, ...]


def share(name: str, parts: Iterable[bool]) -> Share:
    """The share of true ones."""
    seen = list(parts)
    low, high = wilson(sum(seen), len(seen))
    return Share(name, sum(seen), len(seen), 100 * sum(seen) / len(seen) if seen else 0.0, 100 * low, 100 * high)


def headlines(outcomes: Sequence[Outcome]) -> list[Share]:
    """The figures at the top, without those for which there is no question."""
    answerable = [each for each in outcomes if each.label.answerable]
    unanswerable = [each for each in outcomes if not each.label.answerable]
    with_units = [each.units_exact for each in answerable if each.units_exact is not None]
    shares = [
        share("全对", (each.right for each in outcomes)),
        share("首条即对", (each.rank == 1 for each in answerable)),
        share("前五条内", (each.rank is not None and each.rank <= 5 for each in answerable)),
        share("单位全对", with_units),
        share("无答案的拒答", (not each.answer.answered for each in unanswerable)),
        share("有答案的误拒", (not each.answer.answered for each in answerable)),
    ]
    return [each for each in shares if each.n]


def types(outcomes: Sequence[Outcome], name: Callable[[str], str]) -> list[Share]:
    """The share of each type of question that is all right, the weakest first."""
    kinds = dict.fromkeys(each.label.type for each in outcomes)
    shares = [share(name(kind), (each.right for each in outcomes if each.label.type == kind)) for kind in kinds]
    return sorted(shares, key=lambda each: (each.percent, -each.n))


def ranks(outcomes: Sequence[Outcome]) -> list[Bar]:
    """How many answerable questions have their first right clause at rank 1 to 5, at 6 to 10, and not at all."""
    counts = Counter(each.rank for each in outcomes if each.label.answerable)
    later = sum(counts[rank] for rank in range(_SINGLY + 1, DEPTH + 1))
    rows = [(f"第 {rank}", counts[rank]) for rank in range(1, _SINGLY + 1)]
    rows += [(f"第 {_SINGLY + 1}–{DEPTH}", later), ("没找到", counts[None])]
    longest = max(1, *(count for _, count in rows))
    return [Bar(name, count, 100 * count / longest) for name, count in rows]


def confidences(outcomes: Sequence[Outcome]) -> list[Lane]:
    """Histograms of confidence for answerable questions right and wrong, and for those that no document answers."""
    groups = {
        "答对的": [each for each in outcomes if each.label.answerable and each.right],
        "答错的": [each for each in outcomes if each.label.answerable and not each.right],
        "本无答案的": [each for each in outcomes if not each.label.answerable],
    }
    return [_lane(name, group) for name, group in groups.items() if group]


def _lane(name: str, group: Sequence[Outcome]) -> Lane:
    answered = Counter(_bin(each) for each in group if each.answer.answered)
    refused = Counter(_bin(each) for each in group if not each.answer.answered)
    tallest = max((answered + refused).values())
    columns = (
        Column(100 * at / BINS, 100 * answered[at] / tallest, 100 * refused[at] / tallest)
        for at in sorted({*answered, *refused})
    )
    return Lane(name, len(group), tallest, tuple(columns))


def _bin(outcome: Outcome) -> int:
    return min(int(outcome.answer.confidence * BINS), BINS - 1)
