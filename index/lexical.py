"""The term projection: BM25 over pre-cut terms with tantivy (k1 = 1.2, b = 0.75).

Each clause has two fields: its topic, and the headings above it with the document's title. A clause scores
BM25(topic) + HEADING_WEIGHT · BM25(headings).
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus.model import Document

from . import rows
from .ledger import Changes
from .passages import context, topic_text
from .records import LexicalHit
from .segment import Segmenter
from .stamped import State, new_epoch

HEADING_WEIGHT = 0.4
_FORMAT = "1"
_MEMORY = 64_000_000  # bytes that tantivy may fill before it writes a segment
_SCORE_DIGITS = 5
_TOPIC, _HEADINGS = "topic", "headings"


@dataclass(frozen=True)
class LexicalView:
    """One moment of the projection."""

    index: Any
    searcher: Any

    def search(self, terms: Sequence[str], limit: int, documents: Collection[int] | None = None) -> list[LexicalHit]:
        """The clauses that share a term, best first, ties by clause key; `documents` restricts to these numbers."""
        if limit < 1 or not terms:
            return []
        query, wide = self._query(terms, documents), limit + 20
        while True:
            found = self.searcher.search(query, wide, count=False).hits
            if len(found) < wide or found[-1][0] < found[limit - 1][0]:
                break
            wide *= 4  # ties reach beyond what was asked for
        keys = self.searcher.fast_field_values("key", [address for _, address in found])
        hits = [LexicalHit(key, round(score, _SCORE_DIGITS)) for key, (score, _) in zip(keys, found, strict=True)]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: (-hit.score, hit.clause_key))[:limit]

    def rarity(self, term: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), with N clauses of which n hold the term."""
        count = self.searcher.num_docs
        holding = max(self.searcher.doc_freq(field, term) for field in (_TOPIC, _HEADINGS))
        return math.log(1 + (max(count - holding, 0) + 0.5) / (holding + 0.5))

    def keys(self) -> list[int]:
        """The keys of all clauses in the projection, in ascending order."""
        import tantivy

        found = self.searcher.search(tantivy.Query.all_query(), max(1, self.searcher.num_docs), count=False).hits
        return sorted(self.searcher.fast_field_values("key", [address for _, address in found]))

    def _query(self, terms: Sequence[str], documents: Collection[int] | None) -> Any:
        import tantivy

        schema, query = self.index.schema, tantivy.Query
        parts = [
            (
                tantivy.Occur.Should,
                _weighted(query.term_query(schema, field, term, index_option="freq"), weight * times),
            )
            for term, times in Counter(terms).items()
            for field, weight in ((_TOPIC, 1.0), (_HEADINGS, HEADING_WEIGHT))
        ]
        wanted = query.boolean_query(parts)
        if documents is None:
            return wanted
        allowed = query.const_score_query(query.term_set_query(schema, "document", sorted(documents)), 0.0)
        return query.boolean_query([(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, allowed)])


class LexicalProjection:
    """The tantivy index on disk."""

    def __init__(self, folder: Path, segmenter: Segmenter) -> None:
        self.folder = folder
        self.stamp = f"{_FORMAT} {segmenter.fingerprint}"
        self._segmenter = segmenter
        self._cuts: dict[str, str] = {}  # of what was proved and is not yet in the projection

    def view(self, state: State) -> LexicalView:
        """Opens the index as it was last committed."""
        index = _open(self.folder / str(state.epoch))
        index.reload()
        return LexicalView(index, index.searcher())

    def update(self, state: State | None, connection: sqlite3.Connection, changes: Changes) -> State:
        """Brings the index on disk up to `changes.until`. Applying the same changes twice is harmless."""
        if state is None:
            state = State(self.stamp, 0, new_epoch(self.folder))
        index = _open(self.folder / str(state.epoch))
        writer = index.writer(_MEMORY, 1)
        for number in (*changes.gone, *changes.added):
            writer.delete_documents_by_query(_of_document(index, number))
        shelf = dict(rows.documents(connection)) if changes.added else {}
        for number in changes.added:
            headings = cache(self._cut)
            for stored in rows.clauses(connection, number):
                above = headings(context(shelf[number].title, stored.clause))
                writer.add_document(_entry(number, stored.key, self._cut(topic_text(stored.clause)), above))
        writer.commit()
        writer.wait_merging_threads()
        self._cuts.clear()
        return replace(state, applied=changes.until)

    def prove(self, document: Document) -> None:
        """Cuts all that `update` will have to cut, and keeps it for that. Raises ValueError if it cannot be indexed."""
        for clause in document.clauses:
            for text in (topic_text(clause), context(document.title, clause)):
                self._cuts[text] = self._cut(text)

    def is_wasteful(self, state: State, changes: Changes) -> bool:
        """Never: tantivy drops what was deleted when it merges."""
        return False

    def _cut(self, text: str) -> str:
        return self._cuts.get(text) or " ".join(self._segmenter.terms(text))


def _entry(document: int, key: int, topic: str, headings: str) -> Any:
    import tantivy

    entry = tantivy.Document()
    entry.add_integer("key", key)
    entry.add_integer("document", document)
    entry.add_text(_TOPIC, topic)
    entry.add_text(_HEADINGS, headings)
    return entry


def _open(folder: Path) -> Any:
    """The index in the folder; an empty one is made there if it has none."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", fast=True)
    builder.add_integer_field("document", indexed=True)
    builder.add_text_field(_TOPIC, tokenizer_name="terms", index_option="freq")
    builder.add_text_field(_HEADINGS, tokenizer_name="terms", index_option="freq")
    schema = builder.build()
    index = (
        tantivy.Index(schema, str(folder)) if not tantivy.Index.exists(str(folder)) else tantivy.Index.open(str(folder))
    )
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def _of_document(index: Any, number: int) -> Any:
    import tantivy

    return tantivy.Query.term_query(index.schema, "document", number)


def _weighted(query: Any, weight: float) -> Any:
    import tantivy

    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)
