"""The tables of the ledger.

Nothing is ever deleted but vectors: a document that is replaced or removed keeps its rows and changes its `state`.
`passages` holds one row for each document and generation of vectors: `spans` is little-endian int64 (count, 3), the clause
key with the start and end of each passage; `vectors` is little-endian float16 (count, dimensions), in the same order.
"""

from __future__ import annotations

import sqlite3

FORMAT = 1
APPLICATION_ID = 0x7469616F

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_force', 'replaced', 'removed')),
    title TEXT NOT NULL, issuer TEXT, doc_number TEXT, issued_on TEXT, region TEXT, status TEXT NOT NULL,
    source TEXT NOT NULL, added_at TEXT NOT NULL, clauses INTEGER NOT NULL, identity TEXT,
    replaced_by INTEGER REFERENCES documents (number)
);
CREATE UNIQUE INDEX documents_in_force ON documents (id) WHERE state = 'in_force';
CREATE UNIQUE INDEX identities_in_force ON documents (identity) WHERE state = 'in_force';
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (number), text TEXT NOT NULL, headings TEXT NOT NULL
);
CREATE TABLE clauses (
    key INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents (number),
    ordinal INTEGER NOT NULL, number TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE UNIQUE INDEX clauses_of_document ON clauses (document, ordinal);
CREATE TABLE duties (
    clause INTEGER NOT NULL REFERENCES clauses (key), position INTEGER NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, inherited INTEGER NOT NULL, PRIMARY KEY (clause, position)
) WITHOUT ROWID;
CREATE INDEX duties_of_unit ON duties (unit);
CREATE TABLE quantities (
    clause INTEGER NOT NULL REFERENCES clauses (key), position INTEGER NOT NULL, what TEXT NOT NULL,
    comparison TEXT NOT NULL, number REAL NOT NULL, unit TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (clause, position)
) WITHOUT ROWID;
CREATE TABLE deadlines (
    clause INTEGER NOT NULL REFERENCES clauses (key), position INTEGER NOT NULL, text TEXT NOT NULL, date TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, inherited INTEGER NOT NULL, PRIMARY KEY (clause, position)
) WITHOUT ROWID;
CREATE TABLE statements (
    clause INTEGER NOT NULL REFERENCES clauses (key), position INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (clause, position)
) WITHOUT ROWID;
CREATE TABLE passages (
    document INTEGER NOT NULL REFERENCES documents (number), generation INTEGER NOT NULL, count INTEGER NOT NULL,
    spans BLOB NOT NULL, vectors BLOB NOT NULL, PRIMARY KEY (document, generation)
);
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'replaced', 'removed', 'rebuilt')),
    document INTEGER REFERENCES documents (number)
);
"""


def create(connection: sqlite3.Connection) -> None:
    """Makes the tables in an empty database; does nothing if another process has just made them."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if not is_ours(connection):
        for statement in TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def is_empty(connection: sqlite3.Connection) -> bool:
    """True for a database without any table."""
    return bool(connection.execute("SELECT NOT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    """True for a database that this program made."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def format_of(connection: sqlite3.Connection) -> int:
    """The number of the table layout."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
