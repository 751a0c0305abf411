"""How fast: a question from cold, a question beside its floor in one process, encoding on one core, adding.

The floor of a question is what no answer can do without: cutting it into terms, its vector, the nearest vectors and the
best terms. The ratio of a whole `ask` to it says what everything else costs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from eval.collection import fill, records
from eval.scratch import folder_for, with_plans
from index import Library, load_embedder
from search import Engine, Reranker, load_reranker
from search.rerank import RERANKED

QUESTION = "谁负责充电桩"
CANDIDATES = 100
SAMPLED = 100  # documents, spread over the library, whose clauses are encoded
ENCODED, PASSES = 5000, 5
REORDERED = 10  # questions for which re-ordering alone is timed: with a large model it takes seconds each
_ASK = "import atexit, sys\natexit.register(lambda: print('torch' in sys.modules, file=sys.stderr))\nfrom api.cli import main\nmain()"


@dataclass(frozen=True, slots=True)
class Cold:
    """Wall seconds of `tiaowen ask` in fresh processes with the library present, and whether one imported torch."""

    seconds: tuple[float, ...]
    torch_imported: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "runs": len(self.seconds),
            "median_s": round(statistics.median(self.seconds), 3),
            "max_s": round(max(self.seconds), 3),
            "torch_imported": self.torch_imported,
        }


@dataclass(frozen=True, slots=True)
class Warm:
    """Milliseconds of the floor and of a whole `ask`, measured in turn over the same questions in one process."""

    floor: tuple[float, ...]
    ask: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median of ask over median of the floor."""
        return statistics.median(self.ask) / statistics.median(self.floor)

    def as_json(self) -> dict[str, Any]:
        return {
            "questions": len(self.ask),
            "floor_p50_ms": _percentile(self.floor, 50),
            "floor_p95_ms": _percentile(self.floor, 95),
            "ask_p50_ms": _percentile(self.ask, 50),
            "ask_p95_ms": _percentile(self.ask, 95),
            "ratio_p50": round(self.ratio, 2),
        }


def cold(work: Path, runs: int, model: str | None = None, reranker: str | None = None) -> Cold:
    """Asks `runs` times, each in a process of its own, over a library of the two plans made beforehand."""
    folder = work / "plans"
    with_plans(folder, model).close()
    command = [sys.executable, "-c", _ASK, "ask", QUESTION, "--json", "--library", str(folder)]
    command += ["--model", model] if model else []
    command += ["--reranker", reranker] if reranker else []
    seconds, imported = [], False
    for _ in range(runs):
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - started)
        imported |= done.stderr.split()[-1:] == ["True"]
    return Cold(tuple(seconds), imported)


def library_with(
    corpus: Path | None, work: Path, model: str | None = None, progress: Callable[[int], None] | None = None
) -> tuple[Library, dict[str, float]]:
    """The two plans and a corpus in one library, built once below `work` for these very bytes; with it the rate of adding, if it was built."""
    folder = work / "plans" if corpus is None else folder_for(corpus, work, "plans-and-corpus")
    done = folder / "complete"
    library = with_plans(folder, model)
    if corpus is None or done.is_file():
        return library, {}
    started = time.perf_counter()
    added = len(fill(library, records(corpus), progress))
    seconds = time.perf_counter() - started
    done.touch()
    return library, {"clauses": added, "seconds": round(seconds, 1), "clauses_per_s": round(added / seconds)}


def warm(library: Library, questions: Sequence[str], rounds: int, reranker: Reranker | None = None) -> Warm:
    """Floor and ask in turn, the first of the two changing from question to question, after one round that is not counted."""
    engine = Engine(library, reranker)
    timed: dict[Callable[[str], object], list[float]] = {lambda question: floor(library, question): [], engine.ask: []}
    for turn in range(rounds + 1):
        for place, question in enumerate(questions):
            for step in list(timed)[:: 1 if place % 2 else -1]:
                started = time.perf_counter_ns()
                step(question)
                if turn:
                    timed[step].append((time.perf_counter_ns() - started) / 1e6)
    below, whole = timed.values()
    return Warm(tuple(below), tuple(whole))


def floor(library: Library, question: str) -> None:
    """Terms, vector, nearest vectors, best terms: 100 candidates from each side, and nothing else."""
    library.dense(library.embedder.query(question), CANDIDATES)
    library.lexical(library.segmenter.query_terms(question), CANDIDATES)


def rerank_time(reranker: Reranker | None, questions: Sequence[str], texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds to score as many clauses as one question re-orders, median of a few questions; nothing without a reranker."""
    if reranker is None:
        return {}
    spent = []
    for question in questions[:REORDERED]:
        started = time.perf_counter_ns()
        reranker.scores(question, texts[:RERANKED])
        spent.append((time.perf_counter_ns() - started) / 1e6)
    return {"rerank_p50_ms": _percentile(spent, 50)}


def encoding_rate(texts: Sequence[str], model: str | None = None) -> float:
    """Texts embedded per second by a process that is held to one core, the median of a few passes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_encode_on_one_core, list(texts), model).result()


def report(
    corpus: Path | None,
    questions: Sequence[str],
    work: Path,
    *,
    runs: int,
    rounds: int,
    model: str | None = None,
    reranker: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """All of it, one after the other."""
    orderer = load_reranker(reranker)
    fresh = cold(work, runs, model, reranker)
    library, adding = library_with(corpus, work, model, progress)
    with closing(library):
        beside = warm(library, questions, rounds, orderer)
        held = library.documents()
        size = sum(document.clauses for document in held)
        sample = held[:: max(1, -(-len(held) // SAMPLED))]
        texts = [clause.clause.text for document in sample for clause in library.clauses(document.id)]
    reordering = rerank_time(orderer, questions, texts)
    encoded = (texts * (ENCODED // max(len(texts), 1) + 1))[:ENCODED]
    rate = encoding_rate(encoded, model)
    return {
        "measures": {
            "cold_s": fresh.as_json()["median_s"],
            **beside.as_json(),
            **reordering,
            "encode_per_s": round(rate),
            "encode_mean_characters": round(statistics.fmean(map(len, encoded))) if encoded else 0,
        },
        "clauses": size,
        "cold": fresh.as_json(),
        "adding": adding,
    }


def _encode_on_one_core(texts: list[str], model: str | None) -> float:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    embedder = load_embedder(model)
    rates = []
    for _ in range(PASSES):
        started = time.perf_counter()
        embedder.passages(texts)
        rates.append(len(texts) / (time.perf_counter() - started))
    return statistics.median(rates)


def _percentile(milliseconds: Sequence[float], percent: int) -> float:
    return round(float(np.percentile(milliseconds, percent)), 3)
