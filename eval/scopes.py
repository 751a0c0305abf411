"""Temporary libraries for labelled questions: the two plans, everything, or one document alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from corpus import plans
from eval.errors import EvalError
from eval.labelled import Labelled, Scope
from index import Library
from index.intake import add_paths, open_or_create
from search import Answer, Engine, Reranker


class Scopes:
    """Engines by scope, each built at its first question, below one folder. A context manager: it closes the libraries."""

    def __init__(
        self, folder: Path, documents: Path | None, model: str | None = None, reranker: Reranker | None = None
    ) -> None:
        """`documents` is the folder of the other documents, None to have the bundled plans only."""
        if documents is not None and not documents.is_dir():
            raise EvalError(f"{documents}：不是文件夹")
        self._folder = folder
        self._documents = documents
        self._model = model
        self._reranker = reranker
        self._engines: dict[str, Engine] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines.values():
            engine.library.close()

    def ask(self, label: Labelled) -> Answer:
        """The answer from the documents that the question is meant for."""
        return self.engine(label).ask(label.q, 10)

    def engine(self, label: Labelled) -> Engine:
        """The engine over the documents that the question is meant for."""
        return self._engine(self._scope(label), label.doc)

    def library(self, label: Labelled) -> Library:
        """The library that the question is asked of."""
        return self._engine(self._scope(label), label.doc).library

    def _scope(self, label: Labelled) -> Scope:
        if label.scope == "doc" and label.doc is None:
            raise EvalError(f"“{label.q}”：scope 是 doc，却没有写 doc")
        return label.scope or ("seeds" if self._documents is None else "all")

    def _engine(self, scope: Scope, doc: str | None) -> Engine:
        name = f"doc-{doc}" if scope == "doc" else scope
        if name not in self._engines:
            library = self._built(scope, doc, self._folder / f"library-{len(self._engines)}")
            self._engines[name] = Engine(library, self._reranker)
        return self._engines[name]

    def _built(self, scope: Scope, doc: str | None, folder: Path) -> Library:
        if scope == "doc":
            library = Library.open(folder, model=self._model)
            _add(library, [self._path(str(doc))])
        else:
            library = open_or_create(folder, model=self._model)
            if scope == "all":
                if self._documents is None:
                    raise EvalError("有问题要问全部文件（scope 为 all）：请用 --documents 指明文件所在的文件夹")
                _add(library, [self._documents])
        return library

    def _path(self, doc: str) -> Path:
        held = [*plans.paths(), *([self._documents / doc] if self._documents else [])]
        for path in held:
            if path.name == doc and path.is_file():
                return path
        raise EvalError(f"找不到文件 {doc}：请用 --documents 指明它所在的文件夹")


def _add(library: Library, paths: Sequence[Path]) -> None:
    _, refused = add_paths(library, list(paths))
    if refused:
        raise EvalError("；".join(f"{each.source}：{each.reason}" for each in refused))
