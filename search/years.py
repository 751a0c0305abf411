"""Years: which ones a question asks about, and which one a figure is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Clause, Quantity, Span

from .quote import cut, sentences

NONE: frozenset[int] = frozenset()
_C = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_TO = r"[-—–－~～至到]+"
_RUN = rf"{_C}(?:\s*年?\s*(?:{_TO}|[、,，和及与])\s*{_C})*"
_SAID = re.compile(
    rf"(?<![过满近]){_RUN}\s*年(?!以上)|{_C}\s*{_TO}\s*{_C}"
    rf"|(?<=[到至])\s*{_C}(?!\s*[年余多万千亿个家台座条项名人套所处亩公平米吨元次辆路分倍间张户只件种])"
)
_ENGLISH = re.compile(
    rf"\b(?:in|by|until|before|during|through|since|between|from|year)\s+(?:the\s+)?(?:year\s+|end\s+of\s+)?"
    rf"({_C})(?:\s*(?:to|and|until|[-–])\s*({_C}))?"
    r"(?=\W*$|\W*[?.,;:]|\s+(?:in|for|of|and|to|is|are|was|were|will|does|do|did|should|must|has|have|how|what|who|the|at|on|there|be)\b)",
    re.I,
)
_EACH = re.compile(rf"({_C})(?:\s*年?\s*{_TO}\s*({_C}))?")
_NAME = re.compile(r"《[^》]*》|〔\d{4}〕")
_NUMERALS = re.compile(r"[一二][〇零九][〇零一二三四五六七八九]{2}(?=\s*年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def asked(question: str) -> frozenset[int]:
    """The years that a question asks about; those in the names of documents are not."""
    text = _NAME.sub(" ", question)
    return NONE.union(*said(text), *(_years(*match.groups()) for match in _ENGLISH.finditer(text)))


def without(text: str) -> str:
    """The text without the years in it, and without what only leads to them (到…, by the end of …)."""
    return _ENGLISH.sub(
        " ", re.sub(rf"[到至]?\s*(?:{_SAID.pattern})(?:年?[底末]前?|[之以]?前|间)?", " ", _folded(text))
    )


def said(text: str) -> list[frozenset[int]]:
    """The years that a text says, in order; 2021—2025年 is five at once."""
    plain = _NAME.sub(lambda name: " " * len(name[0]), _folded(text))
    return [NONE.union(*_runs(run[0])) for run in _SAID.finditer(plain)]


def of_title(title: str) -> frozenset[int]:
    """The year that a figure without one is for: the last in the document's title."""
    found = said(title.replace("《", " ").replace("》", " "))
    return frozenset({max(found[-1])}) if found else NONE


def naming(title: str, question: str) -> frozenset[int]:
    """The years that only name the document in the question: in 2024年工作要点里建多少, of 某区2024年工作要点."""
    text = _folded(question)
    runs = (match for match in re.finditer(rf"({_C})\s*年\s*([\u4e00-\u9fff]{{2}})", text))
    return frozenset(int(match[1]) for match in runs if f"{match[1]}年{match[2]}" in _folded(title))


def holds_for(years: frozenset[int], clause: Clause, figure: Quantity, titled: frozenset[int] = NONE) -> bool:
    """Whether the figure may be one of these years'; `titled` is the title's, for a figure without a year.

    A figure that has a year nowhere may be any year's.
    """
    own = of_figure(clause, figure) or titled
    return not years or not own or bool(years & own)


def of_figure(clause: Clause, figure: Quantity) -> frozenset[int]:
    """The year of a figure: the last one said up to it in its sentence, else those after it there, else that of a deadline
    that stands above the clause."""
    sentence = next((span for span in sentences(clause) if span.start <= figure.start < span.end), figure)
    before = said(cut(clause, Span(sentence.start, figure.end)))
    return before[-1] if before else _of(clause, Span(sentence.start, sentence.end))


def may_speak_of(years: frozenset[int], clause: Clause, sentence: Span, titled: frozenset[int] = NONE) -> bool:
    """Whether a sentence of the clause speaks of one of these years, or neither it nor the title of any."""
    own = _of(clause, sentence) or titled
    return not years or not own or bool(years & own)


def _of(clause: Clause, sentence: Span) -> frozenset[int]:
    """The years in a sentence, or those of the deadline above the clause."""
    above = [deadline.text for deadline in clause.deadlines if deadline.inherited]
    found = said(cut(clause, sentence)) or [each for text in above for each in said(text)]
    return NONE.union(*found)


def _runs(run: str) -> Iterator[frozenset[int]]:
    return (_years(*match.groups()) for match in _EACH.finditer(run))


def _years(first: str, last: str | None) -> frozenset[int]:
    return frozenset(range(int(first), int(last or first) + 1))


def _folded(text: str) -> str:
    """二〇二五年 as 2025年, of the same length."""
    return _NUMERALS.sub(lambda match: match[0].translate(_DIGITS), text)
