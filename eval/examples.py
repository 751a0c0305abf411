"""Evidence with labels: what would be offered as an answer to questions whose right answers are known.

Labelled questions are asked of their own libraries (and of some without the answer, see left_out.py). Retrieval queries are
asked of libraries made of the documents that a sample of them is about; every second right record is left out of its
library, and the queries for it have no answer there though its neighbours remain.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Literal

from eval.collection import Record, fill, records
from eval.errors import EvalError
from eval.labelled import Labelled
from eval.retrieval import Query
from eval.scopes import Scopes
from eval.starts import beginning
from index import Library
from index.records import StoredClause
from search import Engine, Language, QuestionError
from search.evidence import Evidence

Kind = Literal["labelled", "left out", "corpus"]
Progress = Callable[[int], None]
SHELF = 3000  # clauses of one library made of a corpus: an office's, not a nation's
_BLOCK = 200  # records without a law that count as one document
_SEED = 20_220_426


@dataclass(frozen=True, slots=True)
class Offered:
    """The evidence of a clause that would be offered, and whether it is a right one."""

    evidence: Evidence
    right: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the clauses that would be offered in turn, up to the first right one.

    `answerable`: its library holds a right clause. `group` says what it is about: examples of one group are held out
    together. `source` is the set it comes from.
    """

    question: str
    source: str
    kind: Kind
    group: str
    language: Language
    answerable: bool
    offered: tuple[Offered, ...]


def of_labelled(labels: Sequence[Labelled], source: str, scopes: Scopes, progress: Progress) -> Iterator[Example]:
    """The examples of labelled questions; one that is answered or refused without a search gives none."""
    for label in labels:
        engine = scopes.engine(label)
        names = {document.id: document.source for document in engine.library.documents()}
        asked = offered(engine, label.q, partial(_is_right, label, names))
        if asked is not None:
            yield Example(label.q, source, "labelled", group_of(label), asked[0], label.answerable, asked[1])
        progress(1)


def of_corpus(
    corpus: Path, queries: Sequence[Query], sample: int, folder: Path, model: str | None, progress: Progress
) -> Iterator[Example]:
    """The examples of `sample` of the queries, asked of libraries that are made below `folder` one after the other.

    Raises EvalError where a query's right record is not in the corpus.
    """
    chosen = random.Random(_SEED).sample(queries, min(sample, len(queries)))
    gold = dict.fromkeys(record for query in chosen for record in query.gold)
    left_out = set(list(gold)[::2])
    for number, shelf in enumerate(_shelves(corpus, gold)):
        names = {record.id: record.law for record in shelf}
        asked = [query for query in chosen if query.gold[0] in names]
        with closing(Library.open(folder / f"shelf-{number}", model=model)) as library:
            owners = fill(library, [record for record in shelf if record.id not in left_out])
            for query, found in zip(asked, _asked(Engine(library), asked, owners), strict=True):
                if found is not None:
                    answerable = not left_out.issuperset(query.gold)
                    group = names[query.gold[0]] or query.gold[0]
                    yield Example(query.query, corpus.name, "corpus", group, found[0], answerable, found[1])
                progress(1)


def _asked(
    engine: Engine, queries: Sequence[Query], owners: Mapping[str, str]
) -> Iterator[tuple[Language, tuple[Offered, ...]] | None]:
    for query in queries:
        yield offered(engine, query.query, partial(_is_gold, query, owners))


def _is_gold(query: Query, owners: Mapping[str, str], stored: StoredClause) -> bool:
    return owners[stored.id] in query.gold


def offered(
    engine: Engine, question: str, is_right: Callable[[StoredClause], bool], tiers: int | None = None
) -> tuple[Language, tuple[Offered, ...]] | None:
    """The question's language and what would be offered; None when it is answered or refused without a search.

    `tiers` are how many tiers of places are looked at, None for all.
    """
    try:
        lookup = engine.lookup(question)
    except QuestionError:
        return None
    if lookup is None:
        return None
    found: list[Offered] = []
    for offer in islice(lookup.offers(1), tiers):
        if offer.best is not None:
            found.append(Offered(offer.best.evidence, is_right(offer.best.ranked.stored)))
            if found[-1].right:
                break
    return lookup.asked.language, tuple(found)


def group_of(label: Labelled) -> str:
    """What a labelled question is about: its right clauses, or itself where it has none."""
    return " ".join(sorted(right.doc + right.start for right in label.right)) or label.q


def _is_right(label: Labelled, names: Mapping[str, str], stored: StoredClause) -> bool:
    begins, doc = beginning(stored.clause.text), names[stored.document_id]
    return any(right.names(doc, begins) for right in label.right)


def _shelves(corpus: Path, gold: dict[str, None]) -> Iterator[list[Record]]:
    """The documents with the right records, in an order by chance, about SHELF records together."""
    documents: dict[str, list[Record]] = {}
    for number, record in enumerate(records(corpus)):
        documents.setdefault(record.law or f"#{number // _BLOCK}", []).append(record)
    wanted = [each for each in documents.values() if any(record.id in gold for record in each)]
    missing = gold.keys() - {record.id for each in wanted for record in each}
    if missing:
        raise EvalError(f"{corpus}：没有查询所指的文本 {'、'.join(sorted(missing)[:5])}")
    random.Random(_SEED).shuffle(wanted)
    shelf: list[Record] = []
    for document in wanted:
        shelf += document
        if len(shelf) >= SHELF:
            yield shelf
            shelf = []
    if shelf:
        yield shelf
