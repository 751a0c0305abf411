"""Documents and clauses become rows of the ledger, inside the write transaction of the caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from corpus.model import Clause, Document

ID_DIGITS = 10


def now() -> str:
    """The present time, ISO in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def next_number(connection: sqlite3.Connection, table: str) -> int:
    """The next number of a table, which none of its rows ever had."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 1 if row is None else int(row[0]) + 1


def identity(document: Document) -> str | None:
    """What makes a later file the new version of an earlier one; None for a text without number and title."""
    if document.doc_number:
        return json.dumps(["number", document.title, document.issuer, document.doc_number], ensure_ascii=False)
    if document.title:
        return json.dumps(["source", document.source, document.title], ensure_ascii=False)
    return None


def write_document(connection: sqlite3.Connection, number: int, document: Document, sha256: str) -> None:
    """Writes a document that is in force, with its text."""
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, 'in_force', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            number,
            sha256[:ID_DIGITS],
            sha256,
            document.title,
            document.issuer,
            document.doc_number,
            document.issued_on,
            document.region,
            document.status,
            document.source,
            now(),
            len(document.clauses),
            identity(document),
        ),
    )
    headings = [[each.text, each.start, each.end, each.level] for each in document.headings]
    connection.execute(
        "INSERT INTO texts VALUES (?, ?, ?)", (number, document.text, json.dumps(headings, ensure_ascii=False))
    )


def write_clauses(connection: sqlite3.Connection, number: int, clauses: Sequence[Clause]) -> int:
    """Writes the clauses under consecutive keys and returns the first."""
    first = next_number(connection, "clauses")
    keyed = list(enumerate(clauses, first))
    connection.executemany(
        "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, number, c.ordinal, c.number, json.dumps(c.path, ensure_ascii=False), c.text, c.start, c.end)
            for key, c in keyed
        ),
    )
    for table, facts in _fact_rows(keyed).items():
        rows = list(facts)
        if rows:
            connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
    return first


def _fact_rows(keyed: Sequence[tuple[int, Clause]]) -> dict[str, Iterable[tuple[object, ...]]]:
    return {
        "duties": (
            (key, i, d.unit, d.role, d.start, d.end, d.inherited) for key, c in keyed for i, d in enumerate(c.duties)
        ),
        "quantities": (
            (key, i, q.what, q.comparison, q.number, q.unit, q.start, q.end)
            for key, c in keyed
            for i, q in enumerate(c.quantities)
        ),
        "deadlines": (
            (key, i, d.text, d.date, d.start, d.end, d.inherited) for key, c in keyed for i, d in enumerate(c.deadlines)
        ),
        "statements": ((key, i, s.start, s.end) for key, c in keyed for i, s in enumerate(c.statements)),
    }
