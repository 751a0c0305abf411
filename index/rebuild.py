"""New vectors and new projections, made beside the old ones and swapped in by one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from . import rows
from .embedder import Embedder
from .ledger import Embedded, Ledger, log_rebuilt, read_meta, write_meta, write_passages
from .passages import embed
from .projections import Projections
from .segment import Segmenter
from .stamps import Stamps


def rebuild(ledger: Ledger, embedder: Embedder, segmenter: Segmenter, present: Stamps) -> None:
    """Brings the library to the stamps of the present model and program, under a new generation.

    Until the last transaction every reader goes on with the old generation; an interrupted rebuild leaves it untouched.
    """
    with ledger.database.writing() as connection:
        current = int(read_meta(connection)["generation"])
        connection.execute("DELETE FROM passages WHERE generation <> ?", (current,))
    fresh = replace(present, generation=str(current + 1))
    while missing := _missing(ledger, current + 1):
        embedded = _embedded(ledger, embedder, missing[0])
        with ledger.database.writing() as connection:
            write_passages(connection, missing[0], current + 1, embedded)
    aside = Projections(ledger, segmenter, fresh)
    aside.catch_up()
    aside.close()
    _swap(ledger, embedder, fresh)


def _swap(ledger: Ledger, embedder: Embedder, fresh: Stamps) -> None:
    """Lets the new generation count, with the documents that arrived in the meantime."""
    generation = int(fresh.generation)
    with ledger.database.writing() as connection:
        for number in _lacking(connection, generation):
            write_passages(connection, number, generation, _embed(connection, embedder, number))
            log_rebuilt(connection, number)
        connection.execute("DELETE FROM passages WHERE generation <> ?", (generation,))
        write_meta(connection, fresh)
        log_rebuilt(connection)


def _missing(ledger: Ledger, generation: int) -> list[int]:
    with ledger.database.reading() as connection:
        return _lacking(connection, generation)


def _lacking(connection: sqlite3.Connection, generation: int) -> list[int]:
    """The documents in force without vectors of that generation."""
    found = connection.execute(
        "SELECT d.number FROM documents d WHERE d.state = 'in_force' AND NOT EXISTS "
        "(SELECT 1 FROM passages p WHERE p.document = d.number AND p.generation = ?) ORDER BY d.number",
        (generation,),
    )
    return [number for (number,) in found]


def _embedded(ledger: Ledger, embedder: Embedder, number: int) -> Embedded:
    with ledger.database.reading() as connection:
        return _embed(connection, embedder, number)


def _embed(connection: sqlite3.Connection, embedder: Embedder, number: int) -> Embedded:
    """The passages of a stored document, with clause keys in their spans."""
    stored = rows.clauses(connection, number)
    title = connection.execute("SELECT title FROM documents WHERE number = ?", (number,)).fetchone()[0]
    embedded = embed(embedder, title, [each.clause for each in stored])
    for span in embedded.spans:
        span[0] = stored[span[0]].key
    return embedded
