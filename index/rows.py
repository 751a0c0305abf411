"""Rows of the ledger become records. Every function reads through the connection it is given, in its transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from corpus.model import Clause, Deadline, Duty, Quantity, Span

from .records import ClauseText, StoredClause, StoredDocument, StoredDuty

_DOCUMENT = "d.id, d.title, d.issuer, d.doc_number, d.issued_on, d.region, d.status, d.source, d.added_at, d.clauses"
_CLAUSE = "c.key, d.id, c.ordinal, c.number, c.path, c.text, c.start, c.end"
_IN_FORCE = "d.state = 'in_force'"
_FACTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "duties": (
        "unit, role, start, end, inherited",
        lambda unit, role, start, end, inherited: Duty(unit, role, start, end, bool(inherited)),
    ),
    "quantities": ("what, comparison, number, unit, start, end", Quantity),
    "deadlines": (
        "text, date, start, end, inherited",
        lambda text, date, start, end, inherited: Deadline(text, date, start, end, bool(inherited)),
    ),
    "statements": ("start, end", Span),
}
_AT_ONCE = 5000


def documents(connection: sqlite3.Connection) -> list[tuple[int, StoredDocument]]:
    """All documents in force with their numbers, in the order in which they were added."""
    rows = connection.execute(f"SELECT d.number, {_DOCUMENT} FROM documents d WHERE {_IN_FORCE} ORDER BY d.number")
    return [(row[0], StoredDocument(*row[1:])) for row in rows]


def text(connection: sqlite3.Connection, number: int) -> str:
    """The full text of a document."""
    return str(connection.execute("SELECT text FROM texts WHERE document = ?", (number,)).fetchone()[0])


def clauses(connection: sqlite3.Connection, number: int) -> list[StoredClause]:
    """The clauses of a document in order."""
    rows = connection.execute(
        f"SELECT {_CLAUSE} FROM clauses c JOIN documents d ON d.number = c.document WHERE c.document = ? ORDER BY c.ordinal",
        (number,),
    ).fetchall()
    return _stored(connection, rows)


def fetch(connection: sqlite3.Connection, keys: Sequence[int]) -> list[StoredClause]:
    """The clauses with these keys that are in force, in the order of the keys."""
    rows: list[tuple[Any, ...]] = []
    for some in _batches(keys):
        rows += connection.execute(
            f"SELECT {_CLAUSE} FROM clauses c JOIN documents d ON d.number = c.document "
            f"WHERE c.key IN ({_marks(some)}) AND {_IN_FORCE}",
            some,
        )
    found = {stored.key: stored for stored in _stored(connection, rows)}
    return [found[key] for key in keys if key in found]


def texts(connection: sqlite3.Connection, keys: Sequence[int]) -> list[ClauseText]:
    """What can be read of the clauses with these keys that are in force, in the order of the keys."""
    found: dict[int, ClauseText] = {}
    for some in _batches(keys):
        for key, document, path, text in connection.execute(
            "SELECT c.key, d.id, c.path, c.text FROM clauses c JOIN documents d ON d.number = c.document "
            f"WHERE c.key IN ({_marks(some)}) AND {_IN_FORCE}",
            some,
        ):
            found[key] = ClauseText(key, document, tuple(json.loads(path)), text)
    return [found[key] for key in keys if key in found]


def units(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Each unit with the number of clauses in force that name it, most first, then by name."""
    rows = connection.execute(
        "SELECT u.unit, COUNT(DISTINCT u.clause) AS clauses FROM duties u JOIN clauses c ON c.key = u.clause "
        f"JOIN documents d ON d.number = c.document WHERE {_IN_FORCE} GROUP BY u.unit ORDER BY clauses DESC, u.unit"
    )
    return [(unit, count) for unit, count in rows]


def duties(connection: sqlite3.Connection, unit: str | None) -> list[StoredDuty]:
    """The duty register, or one unit's part of it: by document, clause, then order within the clause."""
    rows = connection.execute(
        "SELECT d.number, u.clause, u.position FROM duties u JOIN clauses c ON c.key = u.clause "
        f"JOIN documents d ON d.number = c.document WHERE {_IN_FORCE} AND (?1 IS NULL OR u.unit = ?1) "
        "ORDER BY d.number, c.ordinal, u.position",
        (unit,),
    ).fetchall()
    shelf = dict(documents(connection))
    found = {stored.key: stored for stored in fetch(connection, list(dict.fromkeys(key for _, key, _ in rows)))}
    return [StoredDuty(shelf[number], found[key], found[key].clause.duties[position]) for number, key, position in rows]


def _stored(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> list[StoredClause]:
    keys = [row[0] for row in rows]
    facts = {table: _facts(connection, table, keys) for table in _FACTS}
    return [_clause(row, {table: tuple(found[row[0]]) for table, found in facts.items()}) for row in rows]


def _clause(row: tuple[Any, ...], facts: dict[str, tuple[Any, ...]]) -> StoredClause:
    key, document_id, ordinal, number, path, text, start, end = row
    clause = Clause(ordinal, number, tuple(json.loads(path)), text, start, end, **facts)
    return StoredClause(key, f"{document_id}-{ordinal}", document_id, clause)


def _facts(connection: sqlite3.Connection, table: str, keys: Sequence[int]) -> defaultdict[int, list[Any]]:
    columns, make = _FACTS[table]
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for some in _batches(keys):
        for clause, *values in connection.execute(
            f"SELECT clause, {columns} FROM {table} WHERE clause IN ({_marks(some)}) ORDER BY clause, position", some
        ):
            found[clause].append(make(*values))
    return found


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many as SQLite takes in one statement."""
    return (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))


def _marks(keys: Sequence[int]) -> str:
    return ",".join("?" * len(keys))
