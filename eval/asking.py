"""How labelled questions are asked: of one given library, or of temporary ones by each question's scope."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.labelled import Labelled
from eval.questions import DEPTH, Outcome, ask_all, by_type, summary
from eval.retrieval import models
from eval.scopes import Scopes
from eval.settled import Doubt, settle
from eval.terminal import progress
from index import Library
from search import Answer, Engine, load_reranker


@dataclass(frozen=True, slots=True)
class Asker:
    """`ask` gives the answer to a labelled question, `library` the library that it is asked of."""

    ask: Callable[[Labelled], Answer]
    library: Callable[[Labelled], Library]


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of the questions, which labels may be wrong, and the models."""

    outcomes: list[Outcome]
    doubts: list[Doubt]
    model: str

    def as_json(self) -> dict[str, Any]:
        """The measures, over all questions and by type, the labels that may be wrong, and each question answered wrongly."""
        return {
            "questions": len(self.outcomes),
            "measures": summary(self.outcomes),
            "types": by_type(self.outcomes),
            "doubts": [each.as_json() for each in self.doubts],
            "wrong": [each.as_json() for each in self.outcomes if not each.right],
        }


def asked(
    labels: Sequence[Labelled], library: Path | None, documents: Path | None, model: str | None, reranker: str | None
) -> Asked:
    """Checks the labels against the library and asks every question, with progress for a person. Raises EvalError."""
    with asker(library, documents, model, reranker) as source:
        with progress("核对标注", len(labels)) as checking:
            labels, doubts = settle(labels, source.library, checking)
        with progress("提问", len(labels)) as asking:
            outcomes = ask_all(labels, source.ask, asking)
        return Asked(outcomes, doubts, models(source.library(labels[0]).embedder.fingerprint, reranker))


@contextmanager
def asker(library: Path | None, documents: Path | None, model: str | None, reranker: str | None) -> Iterator[Asker]:
    """An asker whose libraries are open until the end of the block. Raises EvalError."""
    orderer = load_reranker(reranker)
    if library is None:
        with working_folder(None) as folder, Scopes(folder, documents, model, orderer) as scopes:
            yield Asker(scopes.ask, scopes.library)
        return
    if not library.is_dir():
        raise EvalError(f"{library}：没有这个库")
    opened = Library.open(library, model=model)
    engine = Engine(opened, orderer)
    try:
        yield Asker(lambda label: engine.ask(label.q, DEPTH), lambda _: opened)
    finally:
        opened.close()


@contextmanager
def working_folder(work: Path | None) -> Iterator[Path]:
    """The folder given, made if need be; without one a temporary folder, gone at the end of the block."""
    if work is not None:
        work.mkdir(parents=True, exist_ok=True)
        yield work
        return
    with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as folder:
        yield Path(folder)
