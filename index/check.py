"""Proof that ledger and projections agree: counts, keys, vectors, and how much the codes lose against exact search."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import rows
from .dense import DenseView
from .embedder import Embedder
from .ledger import Ledger, last_change
from .passages import embed
from .projections import View

_SAMPLE = 200  # clauses whose vectors are made again
_QUESTIONS = 50  # stored vectors that are searched for, to measure recall
_DEPTH = 100
_LEAST_COSINE = 0.999
_LEAST_RECALL = 0.95


@dataclass(frozen=True, slots=True)
class Report:
    """What was compared; `problems` is empty when all agrees. `recall` is recall@100 of the codes, 1.0 for exact search."""

    version: int
    documents: int
    clauses: int
    passages: int
    vectors_compared: int
    least_cosine: float
    recall: float
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self), "problems": list(self.problems)}

    def __str__(self) -> str:
        found = (
            f"第 {self.version} 号变更：现行文件 {self.documents} 份，条款 {self.clauses} 条，片段 {self.passages} 个\n"
            f"重算向量 {self.vectors_compared} 个，最小余弦 {self.least_cosine:.4f}；与精确检索相比 recall@{_DEPTH} {self.recall:.3f}"
        )
        if self.ok:
            return f"{found}\n台账与索引一致。"
        return "\n".join(
            [found, *(f"不一致：{problem}" for problem in self.problems), "运行 tiaowen rebuild 可从台账重建索引。"]
        )


def check(ledger: Ledger, view: View, embedder: Embedder) -> Report:
    """Compares the ledger with a view that is caught up with it."""
    with ledger.database.reading() as connection:
        problems = _damage(connection)
        shelf = rows.documents(connection)
        found = connection.execute(
            "SELECT c.key FROM clauses c JOIN documents d ON d.number = c.document WHERE d.state = 'in_force' ORDER BY c.key"
        )
        keys = [key for (key,) in found]
        problems += _wrong_spans(connection)
        version = last_change(connection)
        compared, least = _sampled(connection, view.dense, embedder, [number for number, _ in shelf])
    alive = view.dense.alive()
    problems += _difference("向量索引", keys, np.unique(view.dense.rows["clause"][alive]).tolist())
    problems += _difference("词语索引", keys, view.lexical.keys())
    if version != view.applied:
        problems.append(f"台账到第 {version} 号变更，索引到第 {view.applied} 号")
    if least < _LEAST_COSINE:
        problems.append(f"重算的向量与存下的不同，最小余弦 {least:.4f}")
    recall = _recall(view.dense, alive)
    if recall < _LEAST_RECALL:
        problems.append(f"向量索引与精确检索相比 recall@{_DEPTH} 只有 {recall:.3f}")
    return Report(version, len(shelf), len(keys), len(alive), compared, least, recall, tuple(problems))


def _damage(connection: sqlite3.Connection) -> list[str]:
    damage = [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [*(f"台账损坏：{text}" for text in damage), *(f"台账 {row[0]} 表有无主的行" for row in orphans[:1])]


def _wrong_spans(connection: sqlite3.Connection) -> list[str]:
    """Clauses whose text is not what stands at their place in the document."""
    problems = []
    for number, document in rows.documents(connection):
        text = rows.text(connection, number)
        spans = connection.execute("SELECT ordinal, text, start, end FROM clauses WHERE document = ?", (number,))
        problems += [
            f"{document.id}-{ordinal} 的文字与原文不符"
            for ordinal, written, start, end in spans
            if text[start:end] != written
        ]
    return problems


def _difference(name: str, keys: Sequence[int], found: Sequence[int]) -> list[str]:
    missing, surplus = sorted(set(keys) - set(found)), sorted(set(found) - set(keys))
    problems = [f"{name}缺少 {len(missing)} 条，如 {missing[0]}"] if missing else []
    if surplus:
        problems.append(f"{name}多出 {len(surplus)} 条，如 {surplus[0]}")
    if len(found) != len(set(found)):
        problems.append(f"{name}有重复的条款")
    return problems


def _sampled(
    connection: sqlite3.Connection, view: DenseView, embedder: Embedder, numbers: Sequence[int]
) -> tuple[int, float]:
    """Makes the vectors of evenly chosen documents again: how many, and the least cosine with the stored ones."""
    compared, least = 0, 1.0
    for number in numbers[:: max(1, len(numbers) // 20)]:
        stored = rows.clauses(connection, number)[: max(10, _SAMPLE // 20)]
        title = connection.execute("SELECT title FROM documents WHERE number = ?", (number,)).fetchone()[0]
        again = embed(embedder, title, [each.clause for each in stored])
        kept = view.vectors_of(number)[: len(again.vectors)]
        if kept.shape != again.vectors.shape:
            return compared, 0.0
        products = np.einsum("ij,ij->i", kept.astype(np.float32), again.vectors.astype(np.float32))
        silent = ~np.any(again.vectors, axis=1) & ~np.any(kept, axis=1)
        compared += len(products)
        least = min(least, float(np.where(silent, 1.0, products).min(initial=1.0)))
    return compared, least


def _recall(view: DenseView, alive: NDArray[np.int64]) -> float:
    """Mean share of the exact first clauses that the projection finds too."""
    if view.codes is None or not len(alive):
        return 1.0
    chosen = alive[:: max(1, len(alive) // _QUESTIONS)][:_QUESTIONS]
    shares = []
    for row in chosen:
        vector = view.vectors[row].astype(np.float32)
        exact = {hit.clause_key for hit in view.exact(vector, _DEPTH)}
        found = {hit.clause_key for hit in view.search(vector, _DEPTH)}
        shares.append(len(exact & found) / len(exact))
    return float(np.mean(shares))
