"""The model card: what the weights were made from, under which terms, how good and how fast they are, and their limits."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from string import Template

from index.embedder import StaticEmbedder
from index.training import data
from index.training.held_out import Questions, figures

_TEMPLATE = Path(__file__).with_name("card.md")
_PASSES = 7
_NAMES = {"zh": "colloquial Chinese", "keywords": "keywords", "en": "English"}


def text(folder: Path, questions: Questions) -> str:
    """The card of the model in `folder`, measured through the run-time loader: 8-bit weights, as shipped."""
    started = time.perf_counter()
    embedder = StaticEmbedder(folder)
    loaded = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        size=f"{size / 1e6:.1f}",
        tokens=f"{embedder.tokens:,}",
        dimensions=embedder.dimensions,
        load=f"{loaded:.2f}",
        speed=f"{_speed(embedder, questions):,.0f}",
        asked=len(questions.gold),
        passages=f"{len(questions.passages):,}",
        figures=_table(figures(embedder, questions)),
        questions=f"{_lines(data.QUESTIONS):,}",
        clauses=f"{_lines(data.CLAUSES):,}",
    )


def _speed(embedder: StaticEmbedder, questions: Questions) -> float:
    """Clauses encoded in a second of processor time, the median of a few passes: busy neighbours do not count."""
    clauses = [p for p in questions.passages if 60 <= len(p) <= 100][:10_000]
    rates = []
    for _ in range(_PASSES):
        started = time.process_time()
        embedder.passages(clauses)
        rates.append(len(clauses) / (time.process_time() - started))
    return statistics.median(rates)


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def _table(found: dict[str, list[float]]) -> str:
    return "\n".join(
        f"| {_NAMES[kind]} | " + " | ".join(f"{v:.3f}" for v in values) + " |" for kind, values in found.items()
    )
