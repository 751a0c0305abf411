"""The vector projection: every passage of every clause in force, searched by cosine.

While the library is small the search is exact: one product of a float32 matrix with the question. From EXACT_ROWS passages
on, 8-bit codes of the clauses say which to look at, and their passages are scored with the stored float16 vectors; the
passages added since the codes were made are still all scored.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from .codes import Codes, UnreadableCodes, write_codes
from .halves import widened
from .ledger import Changes, read_passages
from .records import DenseHit
from .stamped import State, new_epoch

EXACT_ROWS = 20_000
WASTE_ROWS = 1000
_CLAUSES_FOR_ONE, _LEAST_CLAUSES = 4, 100  # how many clauses are looked at for each one wanted
_SCORE_DIGITS = 6  # equal vectors must tie, wherever in the matrix the product is taken
ROW = np.dtype([("clause", "<i8"), ("document", "<i8"), ("start", "<i4"), ("end", "<i4")])

Rows = NDArray[np.void]
Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class DenseView:
    """One moment of the projection: `rows` (n,) of ROW and `vectors` (n, d) float16, unit length, side by side.

    `codes` are the codes of the first rows, None without any; rows of the `dead` documents are never returned.
    """

    rows: Rows
    vectors: NDArray[np.float16]
    codes: Codes | None
    dead: frozenset[int]

    def search(self, vector: Scores, limit: int, documents: Collection[int] | None = None) -> list[DenseHit]:
        """The best passage of each clause, best first, ties by clause key; `documents` restricts to these numbers."""
        if limit < 1 or not len(self.rows) or not np.any(vector):
            return []
        allowed = None if documents is None else self._rows_of(documents)
        if allowed is not None and len(allowed) <= EXACT_ROWS:
            return self._best(allowed, self._exact(allowed, vector), limit)
        mask = self._alive if allowed is None else _mask(allowed, len(self.rows))
        recent = np.flatnonzero(mask[self._coded :])
        near = self._near(vector, limit, mask)
        scores = np.concatenate([self._exact(near, vector), (self._recent @ vector)[recent]])
        return self._best(np.concatenate([near, recent + self._coded]), scores, limit)

    def exact(self, vector: Scores, limit: int) -> list[DenseHit]:
        """What `search` would return without codes."""
        rows = self.alive()
        return self._best(rows, self._exact(rows, vector), limit)

    def vectors_of(self, document: int) -> NDArray[np.float16]:
        """The rows of one document, none if it is not here."""
        first, last = self._ranges.get(document, (0, 0))
        return self.vectors[first:last]

    def alive(self) -> Numbers:
        """The numbers of the rows that count."""
        return np.flatnonzero(self._alive)

    def _exact(self, rows: Numbers, vector: Scores) -> Scores:
        return np.asarray(widened(self.vectors[rows]) @ vector)

    def _near(self, vector: Scores, limit: int, mask: NDArray[np.bool_]) -> Numbers:
        """The rows of the clauses that are worth a look by their codes."""
        if self.codes is None:
            return np.zeros(0, dtype=np.int64)
        return self.codes.near(vector, max(_LEAST_CLAUSES, _CLAUSES_FOR_ONE * limit), mask[: self._coded])

    def _best(self, rows: Numbers, scores: Scores, limit: int) -> list[DenseHit]:
        """The first `limit` clauses by their best row."""
        scores, wide = np.round(scores, _SCORE_DIGITS), 4 * limit
        while True:
            kept = np.arange(len(rows))
            if wide < len(rows):
                kept = np.flatnonzero(scores >= np.partition(scores, -wide)[-wide])
            found = self.rows[rows[kept]]
            order = np.lexsort((found["start"], found["clause"], -scores[kept]))
            _, firsts = np.unique(found["clause"][order], return_index=True)
            if len(firsts) >= limit or wide >= len(rows):
                break
            wide *= 4
        chosen = order[np.sort(firsts)[:limit]]
        columns = [found[name][chosen].tolist() for name in ("clause", "start", "end")]
        return [
            DenseHit(clause, start, end, round(score, _SCORE_DIGITS))
            for clause, start, end, score in zip(*columns, scores[kept][chosen].tolist(), strict=True)
        ]

    def _rows_of(self, documents: Collection[int]) -> Numbers:
        spans = [self._ranges[number] for number in sorted(set(documents) - self.dead) if number in self._ranges]
        return np.concatenate([np.zeros(0, dtype=np.int64), *(np.arange(first, last) for first, last in spans)])

    @cached_property
    def _ranges(self) -> dict[int, tuple[int, int]]:
        """First row and end of each document: a document is always appended as a whole."""
        numbers = np.asarray(self.rows["document"])
        edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
        return {int(numbers[first]): (first, last) for first, last in pairwise(edges) if first < last}

    @cached_property
    def _alive(self) -> NDArray[np.bool_]:
        return (
            ~np.isin(self.rows["document"], list(self.dead)) if self.dead else np.ones(len(self.rows), dtype=np.bool_)
        )

    @cached_property
    def _recent(self) -> Scores:
        """The rows without codes as float32."""
        return widened(self.vectors[self._coded :])

    @property
    def _coded(self) -> int:
        return 0 if self.codes is None else self.codes.rows


class DenseProjection:
    """The vectors on disk: `rows.bin` and `vectors.f16`, which only grow, and `codes-<rows>.faiss`."""

    def __init__(self, folder: Path, dimensions: int, generation: int, stamp: str) -> None:
        self.folder = folder
        self.stamp = stamp
        self._dimensions = dimensions
        self._generation = generation
        self._read: tuple[Path, Codes] | None = None

    def view(self, state: State) -> DenseView:
        """Opens the rows that count; the arrays are mapped, not read. Raises UnreadableCodes."""
        folder = self.folder / str(state.epoch)
        if state.rows == 0:
            empty = np.zeros((0, self._dimensions), dtype=np.float16)
            return DenseView(np.zeros(0, dtype=ROW), empty, None, frozenset(state.dead))
        rows, vectors = self._mapped(folder, state.rows)
        codes = self._codes(folder / f"codes-{state.coded}.faiss", rows[: state.coded]) if state.coded else None
        return DenseView(rows, vectors, codes, frozenset(state.dead))

    def _codes(self, path: Path, rows: Rows) -> Codes:
        """The codes in the file, read once: a view that only has newer rows shares them."""
        if self._read is None or self._read[0] != path:
            self._read = (path, Codes(path, np.asarray(rows["clause"])))
        return self._read[1]

    def update(self, state: State | None, connection: sqlite3.Connection, changes: Changes) -> State:
        """Appends the documents that came into force and notes those that went; the result is not yet the state on disk."""
        if state is None:
            state = State(self.stamp, 0, new_epoch(self.folder))
        folder = self.folder / str(state.epoch)
        rows = self._append(folder, state.rows, connection, changes.added)
        state = replace(state, applied=changes.until, rows=rows, dead=sorted({*state.dead, *changes.gone}))
        if rows - state.coded > max(EXACT_ROWS, state.coded // 2):
            self._encode(folder, rows)
            state = replace(state, coded=rows)
        return state

    def is_readable(self, state: State) -> bool:
        """False if the codes that the state names cannot be read."""
        try:
            self.view(state)
        except UnreadableCodes:
            return False
        return True

    def drop_older_codes(self, state: State) -> None:
        """Deletes the codes that the state on disk no longer names."""
        for path in (self.folder / str(state.epoch)).glob("codes-*"):
            if path.name != f"codes-{state.coded}.faiss":
                path.unlink(missing_ok=True)

    def is_wasteful(self, state: State, changes: Changes) -> bool:
        """True when so many rows are dead that a new start is cheaper than carrying them."""
        if not changes.gone or state.rows < WASTE_ROWS:
            return False
        view = self.view(replace(state, dead=[*state.dead, *changes.gone]))
        return len(view.alive()) < 0.7 * state.rows

    def _append(self, folder: Path, count: int, connection: sqlite3.Connection, numbers: Collection[int]) -> int:
        width = 2 * self._dimensions
        with (
            _growing(folder / "rows.bin", count * ROW.itemsize) as rows,
            _growing(folder / "vectors.f16", count * width) as vectors,
        ):
            for number in numbers:
                embedded = read_passages(connection, number, self._generation, self._dimensions)
                table = np.zeros(len(embedded.spans), dtype=ROW)
                table["clause"], table["start"], table["end"] = embedded.spans.T
                table["document"] = number
                rows.write(table.tobytes())
                vectors.write(embedded.vectors.tobytes())
                count += len(table)
        return count

    def _encode(self, folder: Path, count: int) -> None:
        rows, vectors = self._mapped(folder, count)
        write_codes(folder / f"codes-{count}.faiss", np.asarray(rows["clause"]), vectors)

    def _mapped(self, folder: Path, count: int) -> tuple[Rows, NDArray[np.float16]]:
        """Plain arrays over the mapped files; numpy's own class for them is slow to take rows from."""
        rows = np.memmap(folder / "rows.bin", dtype=ROW, mode="r", shape=(count,))
        vectors = np.memmap(folder / "vectors.f16", dtype="<f2", mode="r", shape=(count, self._dimensions))
        return np.asarray(rows), np.asarray(vectors)


def _mask(rows: Numbers, count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=np.bool_)
    mask[rows] = True
    return mask


@contextmanager
def _growing(path: Path, size: int) -> Iterator[BinaryIO]:
    """The file cut to `size`, its end open for writing: what an interrupted run left behind that is gone."""
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(size)
        file.seek(size)
        yield file
        file.flush()
        os.fsync(file.fileno())
