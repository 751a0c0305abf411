"""A corpus of records becomes a library: one Document per law, or per block of records, built in code without parsing.

A record is `{"id", "text"}` with optional `law`, `section`, `article`, `title`, `date`. Consecutive records of one law are
one document; the others go into blocks. Which clause stands for which record is kept beside the library.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from corpus import Clause, Document
from corpus.gazetteer import region_of
from eval.errors import EvalError
from eval.rows import read_rows
from index import Library

_ARTICLE = re.compile(r"(.+?)\s+(第[一二三四五六七八九十百千零〇\d]+条.{0,12})")
_BLOCK = 200
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """One text of the corpus. `law` titles its document, `path` are the headings above it, the last one its own number."""

    id: str
    text: str
    law: str
    path: tuple[str, ...]
    date: str | None


@dataclass(frozen=True, slots=True)
class Built:
    """A document made of records, its hash, and the record id of each clause in order."""

    document: Document
    sha256: str
    records: tuple[str, ...]


def records(path: Path) -> Iterator[Record]:
    """The records of a corpus file; a record without `id` gets its line's number, from 1. Raises EvalError."""
    for number, row in read_rows(path):
        yield _record(row, number, path)


def documents(corpus: Iterable[Record]) -> Iterator[Built]:
    """Documents in the order of the records."""
    number = 0
    for law, run in groupby(corpus, key=lambda record: record.law):
        while block := list(islice(run, None if law else _BLOCK)):
            yield _built(law, block, number)
            number += 1


def fill(library: Library, corpus: Iterable[Record], progress: Callable[[int], None] | None = None) -> dict[str, str]:
    """Adds the corpus to the library; gives the record id of each clause id. `progress` gets numbers of clauses added."""
    owners: dict[str, str] = {}
    built = documents(corpus)
    while batch := list(islice(built, _AT_ONCE)):
        library.add([(each.document, each.sha256) for each in batch])
        for each in batch:
            for clause, record in zip(each.document.clauses, each.records, strict=True):
                owners[f"{each.sha256[:10]}-{clause.ordinal}"] = record
        if progress is not None:
            progress(sum(len(each.records) for each in batch))
    return owners


def _record(row: Mapping[str, Any], number: int, path: Path) -> Record:
    text = row.get("text", row.get("content"))
    if not isinstance(text, str):
        raise EvalError(f"{path} 第 {number} 行：缺少 text")
    title = str(row.get("title") or "")
    law, article = str(row.get("law") or ""), str(row.get("article") or "")
    if title and not law:
        numbered = _ARTICLE.fullmatch(title)
        law, article = (numbered[1], numbered[2]) if numbered else (title, "")
    sections = tuple(part.strip() for part in str(row.get("section") or "").split(" / ") if part.strip())
    headings = (*sections, article) if article else sections
    return Record(str(row.get("id", number)), text, law, headings, row.get("date") or None)


def _built(law: str, block: list[Record], number: int) -> Built:
    clauses: list[Clause] = []
    at = 0
    for ordinal, record in enumerate(block):
        own = record.path[-1] if record.path else ""
        clauses.append(Clause(ordinal, own, record.path, record.text, at, at + len(record.text)))
        at += len(record.text) + 1
    text = "\n".join(record.text for record in block)
    source = f"{number:06d}.jsonl"
    digest = hashlib.sha256(f"{source}\0{law}\0{text}".encode()).hexdigest()
    document = Document(
        title=law,
        issuer=None,
        doc_number=None,
        issued_on=block[0].date,
        region=region_of(law) if law else None,
        status="现行有效",
        source=source,
        text=text,
        headings=(),
        clauses=tuple(clauses),
    )
    return Built(document, digest, tuple(record.id for record in block))
