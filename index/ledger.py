"""The ledger: documents, clauses, facts, passage vectors and a numbered log of changes. The only truth of a library."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document

from .database import Database
from .errors import IndexMismatch, LedgerError, UnknownDocument
from .inserts import ID_DIGITS, identity, next_number, now, write_clauses, write_document
from .records import Added
from .stamps import Stamps

_SEEDING = "seeding"  # the key in `meta` of the mark

Spans = NDArray[np.int64]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Embedded:
    """The passages of one document: `spans` int64 (n, 3) of position of the clause or its key, start, end; `vectors` float16 (n, d)."""

    spans: Spans
    vectors: Halves


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a sequence number, up to `until`: documents that came into force and that went out of it, by number."""

    until: int
    added: tuple[int, ...]
    gone: tuple[int, ...]


class Ledger:
    """The library's database. Safe to share between threads; raises LedgerError if it cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder)

    def version(self) -> int:
        """The number of the last change; 0 for an empty ledger."""
        with self.database.reading() as connection:
            return last_change(connection)

    def add(self, document: Document, sha256: str, embedded: Embedded, generation: int) -> Added:
        """Adds a document in one transaction; it is durable on return.

        The same bytes again change nothing. A document of the same identity goes out of force in the same transaction.
        """
        with self.database.writing() as connection:
            if read_meta(connection).get("generation") != str(generation):
                raise IndexMismatch("另一个程序刚刚重建了索引，没有添加。请重新打开文件库再添加。")
            same = _in_force(connection, "id", sha256[:ID_DIGITS])
            if same is not None:
                return _unchanged(same, document, sha256)
            old = _in_force(connection, "identity", identity(document))
            number = next_number(connection, "documents")
            if old is not None:
                _leave(connection, old.number, "replaced")
            write_document(connection, number, document, sha256)
            if old is not None:
                connection.execute("UPDATE documents SET replaced_by = ? WHERE number = ?", (number, old.number))
            first = write_clauses(connection, number, document.clauses)
            spans = embedded.spans.copy()
            spans[:, 0] += first
            write_passages(connection, number, generation, Embedded(spans, embedded.vectors))
            _log(connection, "added", number)
        if old is None:
            return Added(sha256[:ID_DIGITS], document.source, "added", len(document.clauses))
        return Added(sha256[:ID_DIGITS], document.source, "replaced", len(document.clauses), old.id)

    def remove(self, document_id: str) -> None:
        """Takes a document out of force in one transaction. Raises UnknownDocument."""
        with self.database.writing() as connection:
            found = _in_force(connection, "id", document_id)
            if found is None:
                raise UnknownDocument(f"没有编号为 {document_id} 的现行文件")
            _leave(connection, found.number, "removed")

    def known(self, document: Document, sha256: str) -> Added | None:
        """What adding these bytes again comes to, if exactly they are in force."""
        with self.database.reading() as connection:
            found = _in_force(connection, "id", sha256[:ID_DIGITS])
        return None if found is None else _unchanged(found, document, sha256)

    def stamp(self, stamps: Stamps, *, seeding: bool = False) -> None:
        """Stamps a ledger that was never stamped, and marks it as one still to be seeded; any other stays as it is."""
        with self.database.reading() as connection:
            is_stamped = bool(read_meta(connection))
        if is_stamped:
            return
        with self.database.writing() as connection:
            if not read_meta(connection):
                write_meta(connection, stamps)
                if seeding:
                    connection.execute("INSERT INTO meta VALUES (?, 'due')", (_SEEDING,))

    def is_seeding(self) -> bool:
        """True from a stamp with `seeding` until `end_seeding`."""
        with self.database.reading() as connection:
            return _SEEDING in read_meta(connection)

    def end_seeding(self) -> None:
        """Takes the mark away."""
        with self.database.writing() as connection:
            connection.execute("DELETE FROM meta WHERE key = ?", (_SEEDING,))

    def close(self) -> None:
        self.database.close()


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the last change; 0 for an empty ledger."""
    return int(connection.execute("SELECT COALESCE(MAX(seq), 0) FROM changes").fetchone()[0])


def changes(connection: sqlite3.Connection, after: int, generation: int) -> Changes:
    """The net effect of the changes after number `after`, as far as vectors of that generation are there."""
    rows = connection.execute(
        "SELECT DISTINCT d.number, d.state, p.document IS NOT NULL FROM changes c JOIN documents d ON d.number = c.document "
        "LEFT JOIN passages p ON p.document = d.number AND p.generation = ? WHERE c.seq > ? ORDER BY d.number",
        (generation, after),
    ).fetchall()
    added = tuple(number for number, state, is_there in rows if state == "in_force" and is_there)
    gone = tuple(number for number, state, _ in rows if state != "in_force")
    return Changes(last_change(connection), added, gone)


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """What the library is stamped with; empty before the first stamp."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def write_meta(connection: sqlite3.Connection, stamps: Stamps) -> None:
    """Stamps the library."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", stamps.as_meta().items())


def read_passages(connection: sqlite3.Connection, number: int, generation: int, dimensions: int) -> Embedded:
    """The passages of a document with clause keys. Raises LedgerError if the ledger holds none of that generation."""
    row = connection.execute(
        "SELECT spans, vectors FROM passages WHERE document = ? AND generation = ?", (number, generation)
    ).fetchone()
    if row is None:
        raise LedgerError(f"台账里没有第 {number} 号文件第 {generation} 代的向量。请运行 tiaowen rebuild。")
    spans = np.frombuffer(row[0], dtype="<i8").reshape(-1, 3)
    return Embedded(spans, np.frombuffer(row[1], dtype="<f2").reshape(len(spans), dimensions))


def write_passages(connection: sqlite3.Connection, number: int, generation: int, embedded: Embedded) -> None:
    """Keeps the passages of a document, whose spans already carry clause keys."""
    connection.execute(
        "INSERT OR REPLACE INTO passages VALUES (?, ?, ?, ?, ?)",
        (
            number,
            generation,
            len(embedded.spans),
            embedded.spans.astype("<i8").tobytes(),
            embedded.vectors.astype("<f2").tobytes(),
        ),
    )


def log_rebuilt(connection: sqlite3.Connection, number: int | None = None) -> None:
    """Lets every reader notice new vectors: of one document, or of all."""
    _log(connection, "rebuilt", number)


class _Present(NamedTuple):
    """A document in force."""

    number: int
    id: str
    sha256: str
    clauses: int


def _in_force(connection: sqlite3.Connection, column: str, value: str | None) -> _Present | None:
    row = connection.execute(
        f"SELECT number, id, sha256, clauses FROM documents WHERE {column} = ? AND state = 'in_force'", (value,)
    ).fetchone()
    return None if row is None else _Present(*row)


def _unchanged(same: _Present, document: Document, sha256: str) -> Added:
    if same.sha256 != sha256:
        raise LedgerError(
            f"{document.source} 与已收录的另一份文件编号相同（{same.id}），没有添加。请在文件末尾加一个空行再添加。"
        )
    return Added(same.id, document.source, "unchanged", same.clauses)


def _leave(connection: sqlite3.Connection, number: int, state: str) -> None:
    connection.execute("UPDATE documents SET state = ? WHERE number = ?", (state, number))
    _log(connection, state, number)


def _log(connection: sqlite3.Connection, kind: str, number: int | None) -> None:
    connection.execute("INSERT INTO changes (at, kind, document) VALUES (?, ?, ?)", (now(), kind, number))
