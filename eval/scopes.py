"""Temporary libraries for labelled questions: the two plans, everything, or one document alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from corpus import CorpusError, parse, plans, read
from eval.errors import EvalError
from eval.kept import files_in
from eval.labelled import Labelled, Scope
from eval.starts import names_of, plain
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
        self._titles: dict[Path, str] = {}

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
        return self._engine(label)

    def library(self, label: Labelled) -> Library:
        """The library that the question is asked of."""
        return self._engine(label).library

    def _engine(self, label: Labelled) -> Engine:
        scope = scope_of(label, self._documents)
        alone = self._path(str(label.doc)) if scope == "doc" else None
        name = str(alone or scope)
        if name not in self._engines:
            library = self._built(scope, alone, self._folder / f"library-{len(self._engines)}")
            self._engines[name] = Engine(library, self._reranker)
        return self._engines[name]

    def _built(self, scope: Scope, alone: Path | None, folder: Path) -> Library:
        if alone is not None:
            library = Library.open(folder, model=self._model)
            _add(library, [alone])
        else:
            library = open_or_create(folder, model=self._model)
            if scope == "all":
                if self._documents is None:
                    raise EvalError("有问题要问全部文件（scope 为 all）：请用 --documents 指明文件所在的文件夹")
                _add(library, [self._documents])
        return library

    def _path(self, doc: str) -> Path:
        """The file with this name, or else the first with this title or, less its suffix, this file name."""
        held = [*plans.paths(), *(files_in(self._documents) if self._documents else [])]
        found = next((path for path in held if path.name == doc), None)
        found = found or next((path for path in held if plain(doc) in names_of(path.name, self._title(path))), None)
        if found is None:
            raise EvalError(f"找不到文件 {doc}：请用 --documents 指明它所在的文件夹")
        return found

    def _title(self, path: Path) -> str:
        """The document's title, "" for a file that cannot be read."""
        if path not in self._titles:
            try:
                self._titles[path] = parse(read(path.name, path.read_bytes())).title
            except CorpusError:
                self._titles[path] = ""
        return self._titles[path]


def scope_of(label: Labelled, documents: Path | None) -> Scope:
    """What a question is asked of: without a scope of its own all documents where there are `documents`, else the plans.

    Raises EvalError.
    """
    if label.scope == "doc" and label.doc is None:
        raise EvalError(f"{label.where or label.q}：范围是本文件（scope 为 doc），却没有写文件（doc）")
    return label.scope or ("seeds" if documents is None else "all")


def _add(library: Library, paths: Sequence[Path]) -> None:
    _, refused = add_paths(library, list(paths))
    if refused:
        raise EvalError("；".join(f"{each.source}：{each.reason}" for each in refused))
