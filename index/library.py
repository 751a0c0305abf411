"""The door of a library: add, remove, look up, and the candidates of both projections."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import CorpusError, Document

from . import passages, rows
from .check import Report, check
from .embedder import Embedder, load_embedder
from .errors import UnknownDocument
from .ledger import Ledger, last_change, read_meta
from .projections import Projections, View
from .rebuild import rebuild
from .records import Added, ClauseText, DenseHit, LexicalHit, StoredClause, StoredDocument, StoredDuty
from .segment import Segmenter
from .stamps import BUNDLED, Stamps

_CLAUSES_AT_ONCE = 5000  # while many documents are added, as many clauses become searchable together
_CHECKS = 2  # how often a library that is changed meanwhile is checked


@dataclass(frozen=True)
class _Moment:
    """What is known of one version of the ledger: the documents in force by id with their numbers, and the projections."""

    version: int
    documents: dict[str, tuple[int, StoredDocument]]
    projections: Projections


class Library:
    """A folder with a ledger and its projections. Safe to share between threads, and between processes.

    Raises LedgerError if the folder cannot be used, and IndexMismatch if it was made with another model or program;
    `matching=False` lets such a library be opened all the same, for `rebuild` only. `seeding` marks a new library as one
    that is to begin with documents (see `is_seeding`).
    """

    def __init__(
        self, folder: Path, embedder: Embedder, *, model: str = BUNDLED, matching: bool = True, seeding: bool = False
    ) -> None:
        self.folder = folder
        self.embedder = embedder
        self.segmenter = Segmenter()
        self._model = model
        self._matching = matching
        self._ledger = Ledger(folder)
        self._lock = threading.Lock()
        self._ledger.stamp(self._present(), seeding=seeding)
        self._moment = self._read_moment(None)

    @classmethod
    def open(cls, folder: Path, *, model: str | None = None, matching: bool = True, seeding: bool = False) -> Library:
        """The library in the folder, with the model it is to be used with; a new one is empty."""
        return cls(folder, load_embedder(model), model=model or BUNDLED, matching=matching, seeding=seeding)

    def version(self) -> int:
        """The number of the last change; it grows with every document added, replaced or removed."""
        return self._ledger.version()

    def is_seeding(self) -> bool:
        """True for a library made with `seeding` until `end_seeding`: what it is to begin with may not all be in it."""
        return self._ledger.is_seeding()

    def end_seeding(self) -> None:
        """Says that all that the library is to begin with is in it."""
        self._ledger.end_seeding()

    def require_indexable(self, document: Document, sha256: str) -> None:
        """Raises CorpusError if the document could not be indexed; `add` asks this of each before it is stored."""
        if self._ledger.known(document, sha256) is not None:
            return
        try:
            f"{document.source}{document.title}{document.text}".encode()
            self._now().projections.prove(document)
        except ValueError as error:
            raise CorpusError(
                f"{document.source}：正文里有不能建立索引的内容（{error}）。请检查后另存为 UTF-8 纯文本再添加。"
            ) from error

    def add(self, items: Sequence[tuple[Document, str]], progress: Callable[[int], None] | None = None) -> list[Added]:
        """Adds documents, each with the SHA-256 of its bytes in hex, one transaction each: what is returned is durable.

        `progress` is called with the number of documents done, after each. All of them can be searched on return.
        Raises CorpusError at a document that cannot be indexed: it and those after it are not added.
        """
        results: list[Added] = []
        waiting = 0
        for document, sha256 in items:
            results.append(self._add(document, sha256))
            waiting += results[-1].clauses if results[-1].status != "unchanged" else 0
            if waiting >= _CLAUSES_AT_ONCE:
                self._now().projections.catch_up()
                waiting = 0
            if progress is not None:
                progress(len(results))
        self._now().projections.catch_up()
        return results

    def remove(self, document_id: str) -> StoredDocument:
        """Takes a document out of force and out of every answer. Raises UnknownDocument."""
        document = self.document(document_id)
        self._ledger.remove(document_id)
        self._now().projections.catch_up()
        return document

    def documents(self) -> list[StoredDocument]:
        """The documents in force, in the order in which they were added."""
        return [document for _, document in self._now().documents.values()]

    def document(self, document_id: str) -> StoredDocument:
        """The document in force with that id. Raises UnknownDocument."""
        return self._find(document_id)[1]

    def text(self, document_id: str) -> str:
        """The full text of a document. Raises UnknownDocument."""
        number, _ = self._find(document_id)
        with self._ledger.database.reading() as connection:
            return rows.text(connection, number)

    def clauses(self, document_id: str) -> list[StoredClause]:
        """The clauses of a document in order. Raises UnknownDocument."""
        number, _ = self._find(document_id)
        with self._ledger.database.reading() as connection:
            return rows.clauses(connection, number)

    def fetch(self, keys: Sequence[int]) -> list[StoredClause]:
        """The clauses with these keys in the same order; those that are no longer in force are left out."""
        with self._ledger.database.reading() as connection:
            return rows.fetch(connection, keys)

    def texts(self, keys: Sequence[int]) -> list[ClauseText]:
        """The same clauses as texts with headings only, which takes a fraction of the time."""
        with self._ledger.database.reading() as connection:
            return rows.texts(connection, keys)

    def units(self) -> list[tuple[str, int]]:
        """Each unit with the number of clauses that name it, most first."""
        with self._ledger.database.reading() as connection:
            return rows.units(connection)

    def duties(self, unit: str | None = None) -> list[StoredDuty]:
        """The duty register in document order, or the part of it that names exactly this unit."""
        with self._ledger.database.reading() as connection:
            return rows.duties(connection, unit)

    def dense(
        self, vector: NDArray[np.float32], limit: int, documents: Collection[str] | None = None
    ) -> list[DenseHit]:
        """The best passage of each of the nearest clauses, best first, ties by key; `documents` restricts to these ids."""
        moment = self._now()
        return self._view(moment).dense.search(vector, limit, _numbers(moment, documents))

    def lexical(self, terms: Sequence[str], limit: int, documents: Collection[str] | None = None) -> list[LexicalHit]:
        """The clauses that share terms, by BM25, best first, ties by key; `documents` restricts to these ids."""
        moment = self._now()
        return self._view(moment).lexical.search(terms, limit, _numbers(moment, documents))

    def rarity(self, term: str) -> float:
        """How much a term tells: ln(1 + (N - n + 0.5) / (n + 0.5)), with N clauses of which n hold it."""
        return self._view(self._now()).lexical.rarity(term)

    def check(self) -> Report:
        """Proves that ledger and projections agree, or says where they do not."""
        for _ in range(_CHECKS):
            view = self._now().projections.catch_up()
            report = check(self._ledger, view, self.embedder)
            if report.version == view.applied:
                break  # else another process changed the library in between
        return report

    def rebuild(self) -> None:
        """Embeds every clause again and makes new projections beside the old ones, which serve until they are replaced."""
        rebuild(self._ledger, self.embedder, self.segmenter, self._present())
        self._matching = True
        self._now().projections.drop_older()

    def close(self) -> None:
        """Closes the database and the projections."""
        self._moment.projections.close()
        self._ledger.close()

    def _add(self, document: Document, sha256: str) -> Added:
        generation = int(self._now().projections.stamps.generation)
        known = self._ledger.known(document, sha256)
        if known is not None:
            return known
        self.require_indexable(document, sha256)
        embedded = passages.embed(self.embedder, document.title, document.clauses)
        return self._ledger.add(document, sha256, embedded, generation)

    def _find(self, document_id: str) -> tuple[int, StoredDocument]:
        try:
            return self._now().documents[document_id]
        except KeyError:
            raise UnknownDocument(f"没有编号为 {document_id} 的现行文件") from None

    def _view(self, moment: _Moment) -> View:
        return moment.projections.view(moment.version)

    def _now(self) -> _Moment:
        moment = self._moment
        if moment.version == self._ledger.version():
            return moment
        with self._lock:
            if self._moment.version != self._ledger.version():
                self._moment = self._read_moment(self._moment.projections)
            return self._moment

    def _read_moment(self, projections: Projections | None) -> _Moment:
        with self._ledger.database.reading() as connection:
            stamps = Stamps.of_meta(read_meta(connection))
            version = last_change(connection)
            documents = {document.id: (number, document) for number, document in rows.documents(connection)}
        if self._matching:
            stamps.require(self._present(), self.folder)
        if projections is None or projections.stamps != stamps:
            projections = Projections(self._ledger, self.segmenter, stamps)
        return _Moment(version, documents, projections)

    def _present(self) -> Stamps:
        return Stamps(
            self._model,
            self.embedder.fingerprint,
            str(self.embedder.dimensions),
            self.segmenter.fingerprint,
            passages.recipe(),
        )


def _numbers(moment: _Moment, documents: Collection[str] | None) -> set[int] | None:
    if documents is None:
        return None
    return {moment.documents[document][0] for document in documents if document in moment.documents}
