from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.database import Database
from index.dense import DenseProjection, DenseView
from index.ledger import Changes, Embedded, write_passages
from index.records import DenseHit
from index.stamped import State, write_state

DIMENSIONS, DOCUMENTS, PASSAGES = 16, 12, 40
everything = tuple(range(1, DOCUMENTS + 1))


def vectors_of(document: int) -> np.ndarray:
    """Two passages a clause that share what the clause is about, as the library blends them."""
    random = np.random.default_rng(document)
    clauses = np.repeat(random.normal(size=(PASSAGES // 2, DIMENSIONS)), 2, axis=0)
    vectors = 2 * clauses + random.normal(size=(PASSAGES, DIMENSIONS))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float16)


def spans_of(document: int) -> np.ndarray:
    """Two passages a clause; clause keys are 1000 · document + 0, 1, 2 …"""
    return np.array([(1000 * document + i // 2, 10 * i, 10 * i + 9) for i in range(PASSAGES)], dtype=np.int64)


def exact(question: np.ndarray, limit: int, documents: tuple[int, ...]) -> list[DenseHit]:
    """Every passage scored, the best of each clause kept: what search means, without any index."""
    best: dict[int, DenseHit] = {}
    for document in documents:
        for (key, start, end), vector in zip(spans_of(document), vectors_of(document), strict=True):
            score = round(float(vector.astype(np.float32) @ question), 6)
            if int(key) not in best or score > best[int(key)].score:
                best[int(key)] = DenseHit(int(key), int(start), int(end), score)
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.clause_key))[:limit]


class Bench:
    """A projection over a database that holds the passages of every document."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "library")
        self.projection = DenseProjection(folder / "dense", DIMENSIONS, 1, "stamp")
        self.state: State | None = None
        with self.database.writing() as connection:
            for document in everything:
                columns = "(number, id, sha256, state, title, status, source, added_at, clauses)"
                connection.execute(
                    f"INSERT INTO documents {columns} VALUES (?, ?, '', 'in_force', '', '', '', '', 0)",
                    (document, document),
                )
                write_passages(connection, document, 1, Embedded(spans_of(document), vectors_of(document)))

    def apply(self, added: tuple[int, ...] = (), gone: tuple[int, ...] = ()) -> DenseView:
        until = 1 if self.state is None else self.state.applied + 1
        with self.database.reading() as connection:
            self.state = self.projection.update(self.state, connection, Changes(until, added, gone))
        write_state(self.projection.folder, self.state)
        return self.projection.view(self.state)


@pytest.fixture(params=["exact", "codes", "codes and newer rows"])
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """All documents, searched by the product, by 8-bit codes, or the older by codes and the newer by the product."""
    made = Bench(tmp_path)
    if request.param != "exact":
        monkeypatch.setattr(dense, "EXACT_ROWS", 4 * PASSAGES)
    if request.param == "codes and newer rows":
        made.apply(added=everything[:9])
        made.apply(added=everything[9:])
    else:
        made.apply(added=everything)
    assert made.state is not None
    assert made.state.coded == {"exact": 0, "codes": 12 * PASSAGES, "codes and newer rows": 9 * PASSAGES}[request.param]
    return made


def view(bench: Bench) -> DenseView:
    assert bench.state is not None
    return bench.projection.view(bench.state)


questions = [np.asarray(vectors_of(100 + i)[0], dtype=np.float32) for i in range(8)]


@pytest.mark.parametrize("limit", [1, 10, 500])
def test_ranks_like_exact_search(bench: Bench, limit: int) -> None:
    for question in questions:
        assert_same(view(bench).search(question, limit), exact(question, limit, everything))


@pytest.mark.parametrize("documents", [(), (3,), (2, 11), (1, 2, 3, 4, 5, 6, 9, 10, 12)])
def test_ranks_like_exact_search_within_documents(bench: Bench, documents: tuple[int, ...]) -> None:
    for question in questions:
        assert_same(view(bench).search(question, 10, documents), exact(question, 10, documents))


def test_ranks_like_exact_search_after_removals(bench: Bench) -> None:
    left = bench.apply(gone=(1, 5, 12))
    rest = tuple(number for number in everything if number not in (1, 5, 12))
    for question in questions:
        assert_same(left.search(question, 10), exact(question, 10, rest))
        assert_same(left.search(question, 10, (1, 2, 12)), exact(question, 10, (2,)))


def test_a_view_is_not_disturbed_by_what_comes_after(bench: Bench) -> None:
    before = view(bench)
    expected = [before.search(question, 5) for question in questions]
    bench.apply(gone=everything[:6])
    assert [before.search(question, 5) for question in questions] == expected


def test_equal_scores_come_in_the_order_of_the_keys(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    twin = np.tile(vectors_of(1)[:1], (PASSAGES, 1))
    with bench.database.writing() as connection:
        write_passages(connection, 1, 1, Embedded(spans_of(1), twin))
    found = bench.apply(added=(1,)).search(twin[0].astype(np.float32), 7)
    assert [hit.clause_key for hit in found] == [1000, 1001, 1002, 1003, 1004, 1005, 1006]
    assert [hit.start for hit in found] == [0, 20, 40, 60, 80, 100, 120], "the earlier passage of each clause"


def test_a_question_without_meaning_finds_nothing(bench: Bench) -> None:
    assert view(bench).search(np.zeros(DIMENSIONS, dtype=np.float32), 5) == []


def test_what_an_interrupted_run_appended_is_overwritten(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.apply(added=(1, 2))
    saved = bench.state
    bench.apply(added=(3,))
    bench.state = saved
    found = bench.apply(added=(4,))
    for question in questions:
        assert_same(found.search(question, 10), exact(question, 10, (1, 2, 4)))


def test_many_dead_rows_are_a_reason_to_start_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "WASTE_ROWS", 100)
    bench = Bench(tmp_path)
    bench.apply(added=everything)
    assert bench.state is not None
    assert not bench.projection.is_wasteful(bench.state, Changes(2, (), (1,)))
    assert bench.projection.is_wasteful(bench.state, Changes(2, (), everything[:6]))


def assert_same(found: list[DenseHit], expected: list[DenseHit]) -> None:
    assert [(hit.clause_key, hit.start) for hit in found] == [(hit.clause_key, hit.start) for hit in expected]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=2e-6)
