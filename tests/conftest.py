"""A small embedder that needs no weights, documents made by hand, and small real models, each built once."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pytest

from corpus.model import Clause, Document, Duty, Span
from index import Library
from tests.small_models import save_cross_encoder, save_vector_model


class HashingEmbedder:
    """Unit vectors of hashed characters and character bigrams: texts that share them are near to each other."""

    def __init__(self, dimensions: int = 64, fingerprint: str = "hashing-64") -> None:
        self.dimensions = dimensions
        self.fingerprint = fingerprint

    def passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.stack([self.query(text) for text in texts]) if texts else np.zeros((0, self.dimensions), np.float32)

    def query(self, text: str) -> npt.NDArray[np.float32]:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for token in [*text, *(text[i : i + 2] for i in range(len(text) - 1))]:
            digest = zlib.crc32(token.encode())
            vector[digest % self.dimensions] += 1 if digest & 1024 else -1
        norm = np.linalg.norm(vector)
        return vector / norm if norm else vector


class MakeDocument(Protocol):
    def __call__(self, title: str, *clauses: str, **fields: str | None) -> Document: ...


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def make_document() -> MakeDocument:
    """Documents of one clause a line; `（责任单位：甲、乙）` at the end of a clause is its duty statement."""
    return _document


@pytest.fixture
def library(tmp_path: Path, embedder: HashingEmbedder) -> Iterator[Library]:
    opened = Library(tmp_path / "library", embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static vector model with prompts."""
    prompts = {"query": "query: ", "passage": "passage: "}
    return save_vector_model(tmp_path_factory.mktemp("small"), prompts)


@pytest.fixture(scope="session")
def parking_reranker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder that likes clauses about 停车."""
    return save_cross_encoder(tmp_path_factory.mktemp("parking"), liked="停车")


def _document(title: str, *clauses: str, **fields: str | None) -> Document:
    text, made = "", []
    for ordinal, line in enumerate(clauses):
        made.append(_clause(ordinal, title, line, len(text)))
        text += line + "\n"
    given = {"issuer": None, "doc_number": None, "issued_on": None, "region": None, "status": "现行有效", **fields}
    source = given.pop("source", None) or f"{title}.txt"
    return Document(title=title, source=source, text=text, headings=(), clauses=tuple(made), **given)  # type: ignore[arg-type]


def _clause(ordinal: int, title: str, line: str, start: int) -> Clause:
    duties: list[Duty] = []
    statements: list[Span] = []
    opening = line.find("（责任单位：")
    if opening >= 0:
        statements.append(Span(start + opening, start + len(line)))
        for unit in line[opening + 6 : -1].split("、"):
            at = start + line.index(unit, opening)
            duties.append(Duty(unit, "responsible", at, at + len(unit)))
    return Clause(
        ordinal, "", (title,), line, start, start + len(line), duties=tuple(duties), statements=tuple(statements)
    )
