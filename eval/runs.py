"""A run as it is kept in a file: what was asked, by which model, and the measures of each question or query."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self, get_args

from eval.errors import EvalError
from eval.labelled import Labelled
from eval.measures import reciprocal_rank
from eval.questions import Outcome
from eval.retrieval import Query

FORMAT = 1
What = Literal["questions", "retrieval"]


@dataclass(frozen=True, slots=True)
class Item:
    """One question or query of a run.

    `key` pairs it with the same one of another run; `group` is its type or kind; `label` changes when its label does.
    `measures` holds only those that apply to it, each in [0, 1].
    """

    key: str
    q: str
    group: str
    label: str
    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """`asked` names the file of questions; `model` is the embedder's fingerprint; `made_at` is UTC, ISO 8601."""

    what: What
    asked: str
    model: str
    made_at: str
    items: tuple[Item, ...]

    @classmethod
    def of_questions(cls, outcomes: Sequence[Outcome], asked: str, model: str) -> Self:
        """The run of labelled questions."""
        labels = [outcome.label for outcome in outcomes]
        keys = _keys(f"{label.q} [{label.doc or '—'}, {label.scope or '—'}]" for label in labels)
        items = [
            Item(key, label.q, label.type, _digest(_expected(label)), measures_of(outcome))
            for key, label, outcome in zip(keys, labels, outcomes, strict=True)
        ]
        return cls("questions", asked, model, _now(), tuple(items))

    @classmethod
    def of_retrieval(
        cls, queries: Sequence[Query], values: Sequence[Mapping[str, float]], asked: str, model: str
    ) -> Self:
        """The run of queries over a corpus; `values[i]` are the measures of `queries[i]`."""
        keys = _keys(f"{query.query} [{query.kind or '—'}]" for query in queries)
        items = [
            Item(key, query.query, query.kind, _digest(query.gold), _rounded(value))
            for key, query, value in zip(keys, queries, values, strict=True)
        ]
        return cls("retrieval", asked, model, _now(), tuple(items))

    def save(self, path: Path) -> None:
        """Writes the run, one item a line, so that a change of a committed run can be read."""
        head = {"format": FORMAT, "what": self.what, "asked": self.asked, "model": self.model, "made_at": self.made_at}
        lines = ",\n".join(json.dumps(asdict(item), ensure_ascii=False) for item in self.items)
        text = json.dumps(head, ensure_ascii=False)[:-1] + f', "items": [\n{lines}\n]}}\n'
        path.write_text(text, encoding="utf-8")


def read_run(path: Path) -> Run:
    """A run that was saved. Raises EvalError."""
    if not path.is_file():
        raise EvalError(f"{path}：没有这个文件")
    advice = "请给一个用 --save 存下的结果文件"
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] != FORMAT:
            raise EvalError(f"{path}：格式是第 {held['format']} 版，本程序读第 {FORMAT} 版；请用 --save 重新存一次")
        if held["what"] not in get_args(What):
            raise EvalError(f"{path}：不认识的种类 {held['what']}；{advice}")
        items = tuple(_item(each) for each in held["items"])
        return Run(held["what"], str(held["asked"]), str(held["model"]), str(held["made_at"]), items)
    except UnicodeDecodeError as error:
        raise EvalError(f"{path}：不是 UTF-8 文本；{advice}") from error
    except json.JSONDecodeError as error:
        raise EvalError(f"{path} 第 {error.lineno} 行：不是 JSON（{error.msg}）；{advice}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise EvalError(f"{path}：不是存下的结果（缺少或写错了 {error}）；{advice}") from error


def measures_of(outcome: Outcome) -> dict[str, float]:
    """The measures that apply to a question: refusal for one that no document answers, the others for one that some does."""
    answered = outcome.answer.answered
    if not outcome.label.answerable:
        return {"right": float(outcome.right), "no_answer_refused": float(not answered)}
    rank = outcome.rank
    exact = {} if outcome.units_exact is None else {"units_exact": float(outcome.units_exact)}
    return {
        "right": float(outcome.right),
        "first": float(rank == 1),
        "first_five": float(rank is not None and rank <= 5),
        "MRR@10": round(reciprocal_rank(rank), 6),
        **exact,
        "answerable_refused": float(not answered),
    }


def _item(row: Mapping[str, Any]) -> Item:
    measures = dict[str, float]()
    for name, value in row["measures"].items():
        if not isinstance(value, int | float):
            raise TypeError(f"{name}：{value}")
        measures[name] = float(value)
    return Item(str(row["key"]), str(row["q"]), str(row["group"]), str(row["label"]), measures)


def _keys(names: Iterable[str]) -> list[str]:
    """The names, a repeated one with its count: `谁负责`, `谁负责 #2`."""
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        seen[name] += 1
        keys.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return keys


def _expected(label: Labelled) -> list[Any]:
    return [label.type, label.units, [[right.doc, right.start, right.units] for right in label.right]]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:12]


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in values.items()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
