"""Labelled questions as they stand in a file: what is asked, which clauses are right, which units, what is no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from eval.errors import EvalError
from eval.rows import read_rows
from eval.sheets import read_csv, read_xlsx
from eval.starts import folded, squeezed

OWN = "本项目自己的问题"
Scope = Literal["seeds", "all", "doc"]


@dataclass(frozen=True, slots=True)
class Right:
    """A right clause: its document's file name or title, how its text starts, white space removed, and its `units`."""

    doc: str
    start: str
    units: tuple[str, ...] | None

    def names(self, source: str, beginning: str) -> bool:
        """Whether this is the clause of the file `source` that begins so (`eval.starts.beginning`), however it was typed."""
        return self.doc == source and beginning.startswith(folded(self.start))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question with its label. No `right` clause means that no document answers it.

    `scope`: which documents it is asked of: `seeds` the two bundled plans, `all` everything loaded, `doc` that document.
    `where` is the file and line it stands in, for messages.
    """

    q: str
    lang: str
    type: str
    doc: str | None
    right: tuple[Right, ...]
    units: tuple[str, ...] | None
    answer: str
    scope: Scope | None
    where: str = field(default="", compare=False)

    @property
    def answerable(self) -> bool:
        return bool(self.right)


def read_questions(path: Path) -> list[Labelled]:
    """The questions of one file; the suffix says how it is written. Raises EvalError."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise EvalError(f"{path}：不认识的格式 {path.suffix or '（无后缀）'}；可用 {'、'.join(sorted(_READERS))}")
    questions = [_labelled(row, f"{path} 第 {line} 行") for line, row in reader(path)]
    if not questions:
        raise EvalError(f"{path}：没有问题")
    return questions


def own_questions() -> list[Labelled]:
    """The project's own questions over the two bundled plans."""
    return [
        each for path in sorted((Path(__file__).parent / "questions").glob("*.jsonl")) for each in read_questions(path)
    ]


# Another format is one more reader of rows with the same columns.
_READERS: dict[str, Callable[[Path], Iterator[tuple[int, dict[str, Any]]]]] = {
    ".csv": read_csv,
    ".jsonl": read_rows,
    ".xlsx": read_xlsx,
}


def _labelled(row: Mapping[str, Any], where: str) -> Labelled:
    question, scope = row.get("q"), row.get("scope")
    if not isinstance(question, str) or not question.strip():
        raise EvalError(f"{where}：缺少问题 q")
    if scope is not None and scope not in get_args(Scope):
        raise EvalError(f"{where}：scope 应当是 {'、'.join(get_args(Scope))}，而不是 {scope}")
    doc, units = row.get("doc"), _names(row.get("units"))
    right = [Right(str(doc), squeezed(str(start)), units) for start in row.get("clause_start") or () if doc]
    right += [
        Right(str(also["doc"]), squeezed(str(also["clause_start"])), _names(also.get("units", row.get("units"))))
        for also in row.get("also_ok") or ()
    ]
    return Labelled(
        question,
        str(row.get("lang") or "zh"),
        str(row.get("type") or "who"),
        None if doc is None else str(doc),
        tuple(right),
        units,
        str(row.get("answer") or ""),
        scope,
        where,
    )


def _names(units: Any) -> tuple[str, ...] | None:
    return None if units is None else tuple(map(str, units))
