"""Retrieval over a corpus of records: how far up the right records come, for the whole search or for one half of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from eval.collection import fill, records
from eval.errors import EvalError
from eval.measures import mean, per_query
from eval.rows import read_rows
from eval.scratch import current, folder_for
from index import Library
from search import Engine, QuestionError, Reranker, load_reranker

Only = Literal["dense", "lexical"]
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the ids of its right records. `kind` groups the report (`zh`, `kw`, `en`), "" for none."""

    query: str
    gold: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A run: the `report`, the measures of each query in order, and the models."""

    report: dict[str, Any]
    values: list[dict[str, float]]
    model: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A library built from a corpus, and which record each clause stands for."""

    library: Library
    owners: dict[str, str]


def read_queries(path: Path, field: str = "query") -> list[Query]:
    """The queries of a file, `field` being the one that holds the words. Raises EvalError."""
    queries = []
    for number, row in read_rows(path):
        gold = row.get("gold")
        if not isinstance(row.get(field), str) or not isinstance(gold, list) or not gold:
            raise EvalError(f"{path} 第 {number} 行：应当有 {field} 和非空的 gold")
        queries.append(Query(row[field], tuple(map(str, gold)), str(row.get("kind") or row.get("lang") or "")))
    if not queries:
        raise EvalError(f"{path}：没有查询")
    return queries


def open_collection(
    corpus: Path, work: Path, *, model: str | None = None, progress: Callable[[int], None] | None = None
) -> Collection:
    """The library of a corpus below `work`, built if it is not there yet for these very bytes."""
    folder = folder_for(corpus, work, "collection")
    owners_path = folder / "records.json"
    library = current(folder / "library", model)
    if owners_path.is_file():
        return Collection(library, json.loads(owners_path.read_text(encoding="utf-8")))
    try:
        owners = fill(library, records(corpus), progress)
    except EvalError:
        library.close()
        raise
    owners_path.write_text(json.dumps(owners), encoding="utf-8")
    return Collection(library, owners)


def run(
    collection: Collection,
    queries: Sequence[Query],
    only: Only | None,
    reranker: Reranker | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[list[str]]:
    """The record ids found for each query, best first, at most 100."""
    search = _searcher(collection.library, only, reranker)
    found = []
    for query in queries:
        found.append([collection.owners[clause] for clause in search(query.query)])
        if progress is not None:
            progress(1)
    return found


def report(queries: Sequence[Query], values: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """The means of `values`, one for each query, over all queries and, where kinds are given, by kind with its number `n`."""
    kinds = sorted({query.kind for query in queries} - {""})
    by_kind = {
        kind: [value for query, value in zip(queries, values, strict=True) if query.kind == kind] for kind in kinds
    }
    return {
        "queries": len(queries),
        "measures": mean(values),
        "kinds": {kind: {"n": len(group), **mean(group)} for kind, group in by_kind.items()},
    }


def measured(
    corpus: Path,
    queries: Sequence[Query],
    work: Path,
    only: Only | None,
    model: str | None = None,
    reranker: str | None = None,
    adding: Callable[[int], None] | None = None,
    asking: Callable[[int], None] | None = None,
) -> Measured:
    """The whole run: the collection, the queries, the report."""
    orderer = load_reranker(reranker)
    collection = open_collection(corpus, work, model=model, progress=adding)
    with closing(collection.library):
        found = run(collection, queries, only, orderer, asking)
        fingerprint = collection.library.embedder.fingerprint
    values = per_query([query.gold for query in queries], found)
    whole = {"only": only, "records": len(collection.owners), **report(queries, values)}
    return Measured({**whole, "without_results": sum(not ids for ids in found)}, values, models(fingerprint, reranker))


def models(fingerprint: str, reranker: str | None) -> str:
    """How a saved run names what made it: the embedder's fingerprint and, where there is one, the reranker's name."""
    return f"{fingerprint} + {Path(reranker).name}" if reranker else fingerprint


def _searcher(library: Library, only: Only | None, reranker: Reranker | None) -> Callable[[str], list[str]]:
    engine = Engine(library, reranker)

    def whole(query: str) -> list[str]:
        try:
            return [hit.stored.id for hit in engine.search(query, DEPTH)]
        except QuestionError:  # nothing to search for in it: no results
            return []

    def dense(query: str) -> list[str]:
        return _ids(library, [hit.clause_key for hit in library.dense(library.embedder.query(query), DEPTH)])

    def lexical(query: str) -> list[str]:
        return _ids(library, [hit.clause_key for hit in library.lexical(library.segmenter.query_terms(query), DEPTH)])

    return {None: whole, "dense": dense, "lexical": lexical}[only]


def _ids(library: Library, keys: Sequence[int]) -> list[str]:
    return [stored.id for stored in library.fetch(keys)]
