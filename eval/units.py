"""Labelled clauses against the parser: which units are responsible, in what role, and whether any text is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Clause, Document, parse, plans, read
from eval.errors import EvalError
from eval.kept import files_in
from eval.measures import share
from eval.rows import read_rows
from eval.starts import squeezed


@dataclass(frozen=True, slots=True)
class Expected:
    """A clause as a person read it. `roles` by unit; `style` says how the document writes it, `none`: there is no unit."""

    doc: str
    start: str
    path: tuple[str, ...]
    units: tuple[str, ...]
    roles: dict[str, str]
    deadline: str | None
    style: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A labelled clause beside the parsed one; `clause` None when no clause starts as the label says."""

    expected: Expected
    clause: Clause | None

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(duty.unit for duty in self.clause.duties) if self.clause else ()

    @property
    def exact(self) -> bool:
        return self.clause is not None and self.units == self.expected.units

    @property
    def shared(self) -> int:
        """How many units are in both lists."""
        return sum((Counter(self.units) & Counter(self.expected.units)).values())

    def roles(self) -> list[bool]:
        """For each unit in both lists, whether the role is the labelled one."""
        duties = self.clause.duties if self.clause else ()
        return [duty.role == self.expected.roles[duty.unit] for duty in duties if duty.unit in self.expected.roles]

    def deadline(self) -> bool | None:
        """Whether every labelled deadline is among the clause's, with or without its year; None when none is labelled."""
        if self.expected.deadline is None:
            return None
        wanted = [re.sub(r"\s|（.*?）|^\d{4}年(?=\d+月)", "", part) for part in self.expected.deadline.split("；")]
        found = [squeezed(each.text) for each in self.clause.deadlines] if self.clause else []
        return all(any(part in text for text in found) for part in wanted)


def read_expected(path: Path) -> list[Expected]:
    """The labelled clauses of a file. Raises EvalError."""
    expected = []
    for number, row in read_rows(path):
        try:
            start = squeezed(str(row["clause_start"]))
            units = tuple(map(str, row["units"]))
            clause_path = tuple(map(str, row.get("clause_path") or ()))
            doc, style = str(row["doc"]), str(row["style"])
        except (KeyError, TypeError) as error:
            raise EvalError(f"{path} 第 {number} 行：缺少或写错了 {error}") from error
        expected.append(
            Expected(doc, start, clause_path, units, dict(row.get("roles") or {}), row.get("deadline"), style)
        )
    return expected


def parsed(folder: Path | None, names: Iterable[str]) -> dict[str, Document]:
    """The named documents, from the folder or the bundled plans."""
    held = {path.name: path for path in plans.paths()}
    if folder is not None:
        held |= {path.name: path for path in files_in(folder)}
    missing = sorted(set(names) - held.keys())
    if missing:
        raise EvalError(f"找不到文件 {'、'.join(missing)}：请用 --documents 指明它们所在的文件夹")
    return {name: parse(read(name, held[name].read_bytes())) for name in sorted(set(names))}


def compare(expected: Sequence[Expected], documents: dict[str, Document]) -> list[Compared]:
    """Each labelled clause beside the parsed one."""
    return [Compared(each, _clause(each, documents[each.doc])) for each in expected]


def report(compared: Sequence[Compared]) -> dict[str, Any]:
    """Exact lists by style, roles, precision and recall of units over all clauses, F1 of prose, deadlines, wrong ones."""
    styles = {style: [each for each in compared if each.expected.style == style] for style in _styles(compared)}
    precision, recall = precision_recall(compared)
    roles = [right for each in compared for right in each.roles()]
    return {
        "clauses": len(compared),
        "measures": {
            "exact": share([each.exact for each in compared]),
            "precision": precision,
            "recall": recall,
            "roles": share(roles),
            "prose_f1": f1(styles["prose"]) if "prose" in styles else None,
            "deadlines": share([right for each in compared if (right := each.deadline()) is not None]),
        },
        "styles": {style: _of_style(group) for style, group in styles.items()},
        "wrong": [_wrong(each) for each in compared if not each.exact or not all(each.roles())],
    }


def precision_recall(compared: Iterable[Compared]) -> tuple[float, float]:
    """Shares of the units found that are right, and of the labelled ones that were found, over all clauses together."""
    rows = list(compared)
    shared = sum(each.shared for each in rows)
    found, wanted = sum(len(each.units) for each in rows), sum(len(each.expected.units) for each in rows)
    return shared / found if found else 1.0, shared / wanted if wanted else 1.0


def f1(compared: Iterable[Compared]) -> float:
    """2PR / (P + R) over all units of these clauses."""
    precision, recall = precision_recall(compared)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _of_style(group: Sequence[Compared]) -> dict[str, float | None]:
    precision, recall = precision_recall(group)
    return {
        "n": len(group),
        "exact": share([each.exact for each in group]),
        "precision": precision,
        "recall": recall,
        "f1": f1(group),
        "roles": share([right for each in group for right in each.roles()]),
    }


def _styles(compared: Iterable[Compared]) -> list[str]:
    return sorted({each.expected.style for each in compared})


def _clause(expected: Expected, document: Document) -> Clause | None:
    fitting = [clause for clause in document.clauses if squeezed(clause.text[:200]).startswith(expected.start)]
    return max(fitting, key=lambda clause: len(set(clause.path) & set(expected.path)), default=None)


def _wrong(compared: Compared) -> dict[str, Any]:
    duties = compared.clause.duties if compared.clause else ()
    return {
        "doc": compared.expected.doc,
        "clause_start": compared.expected.start,
        "style": compared.expected.style,
        "found_clause": compared.clause is not None,
        "expected": [[unit, compared.expected.roles.get(unit)] for unit in compared.expected.units],
        "got": [[duty.unit, duty.role] for duty in duties],
    }
