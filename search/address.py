"""Exact addresses inside a document: 第十二条, 第三章, 三（二）3, 第五条第二款. Resolved before any retrieval.

An address is a sequence of steps, each a kind of numbering and a value. `第三条` is (条, 3) and nothing else, so it can
never match 第十三条. A clause answers to an address when the steps close the clause's own path, in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.numerals import value_of

_NUMERAL = r"[〇零一二三四五六七八九十百千两]+|[0-9０-９]+"
_STEP = re.compile(
    rf"第\s*(?P<ordinal>{_NUMERAL})\s*(?P<kind>[编章节条款项]|部分|大点)"
    rf"|[（(]\s*(?P<bracket>{_NUMERAL})\s*[）)]"
    r"|(?P<chinese>[一二三四五六七八九十]+)\s*(?:[、，,．.]|(?=[（(\s0-9])|$)"
    r"|(?P<arabic>[0-9０-９]{1,3})\s*(?:[、．.]|(?![0-9０-９A-Za-z年月日个家%％\-]))"
)
_PARTS = {"部分": "一", "大点": "一"}  # 第三部分 is what the outline numbers 三、
_LABEL_KINDS = {"bracket": "（）", "chinese": "一", "arabic": "1"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: `kind` is 编 章 节 条 款 项, or 一 （） （1） 1 for outline numbers."""

    kind: str
    value: int


@dataclass(frozen=True, slots=True)
class Address:
    """Steps from the outside in, and the characters of the question that said so."""

    steps: tuple[Step, ...]
    start: int
    end: int
    text: str


def find_address(question: str) -> Address | None:
    """The first address in the question: any `第…条` step, or at least two outline steps in a row."""
    run: list[re.Match[str]] = []
    for match in _STEP.finditer(question):
        if run and question[run[-1].end() : match.start()].strip(" 　的之第") != "":
            if _complete(run):
                break
            run = []
        run.append(match)
    if not _complete(run):
        return None
    start, end = run[0].start(), run[-1].end()
    return Address(tuple(_step(match) for match in run), start, end, question[start:end].strip())


def _complete(run: Sequence[re.Match[str]]) -> bool:
    return any(match["ordinal"] for match in run) or len(run) >= 2


def _step(match: re.Match[str]) -> Step:
    if match["ordinal"]:
        return Step(_PARTS.get(match["kind"], match["kind"]), number(match["ordinal"]))
    for group, kind in _LABEL_KINDS.items():
        if match[group]:
            digits = match[group][0].isdigit()
            return Step("（1）" if group == "bracket" and digits else kind, number(match[group]))
    raise ValueError(f"no numbering in {match[0]!r}")


def number(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral, full-width digits included; -1 for what is no number (百百)."""
    value = value_of(numeral)
    return -1 if value is None else value


def label_step(label: str) -> Step | None:
    """The step that a heading or clause number begins with: `（二）全面发展…` is （） 2; None without a number."""
    match = _STEP.match(label.lstrip(" 　#*"))
    return _step(match) if match else None


def answers_to(path: Sequence[str], address: Address) -> bool:
    """Whether the address' steps appear in the path in order, the last one at the path's end.

    款 counts paragraphs inside a clause and has no label of its own, so trailing 款 steps are not asked of the path.
    """
    wanted = [step for step in address.steps if step.kind != "款"]
    steps = [step for step in map(label_step, path) if step]
    if not wanted or not steps:
        return False
    return steps[-1] == wanted[-1] and _ordered(wanted, steps)


def lies_under(path: Sequence[str], address: Address) -> bool:
    """Whether the clause lies somewhere under the addressed heading."""
    wanted = [step for step in address.steps if step.kind != "款"]
    return bool(wanted) and _ordered(wanted, [step for step in map(label_step, path) if step])


def _ordered(wanted: Sequence[Step], steps: Sequence[Step]) -> bool:
    remaining = iter(steps)
    return all(step in remaining for step in wanted)
