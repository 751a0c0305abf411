"""Clauses become passages: a sentence or a few, each with one vector that also knows where the passage stands.

The vector of a passage is normalise(p + CLAUSE_WEIGHT · k + CONTEXT_WEIGHT · c), with p the unit vector of its own text, k
that of the whole clause, and c that of its context, the document's title and the headings above it. This is the one place
where they are blended; the weights are the best of those tried on questions over laws and policy documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.model import Clause, Span

from .embedder import Embedder, Vectors
from .ledger import Embedded

CLAUSE_WEIGHT = 1.5
CONTEXT_WEIGHT = 0.9
_RULES = "1"  # raise it when the same clause would be cut in other places
MOST = 60  # characters of a passage, where sentences and their parts allow it

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’』」）)]*|\n+|$)")
_PART = re.compile(r"[^；;]*(?:[；;]|$)")
_PHRASE = re.compile(r"[^，,、：:]*(?:[，,、：:]|$)")
_ANY = re.compile(rf"(?s).{{1,{MOST}}}")
_WORD = re.compile(r"\w")
_NAMED = re.compile(r"(?:印发|转发|发布|公布|下发)[^《]{0,12}《(.+)》")
_WRAPPING = re.compile(r"^关于|的(?:通知|意见|公告|决定|函|批复|通告)$")
_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` of the document's text, and `text`, the topic in them that is embedded."""

    start: int
    end: int
    text: str


def recipe() -> str:
    """Changes whenever the same clause could get other passages or another blend; libraries are stamped with it."""
    return f"{_RULES}-{MOST}-{CLAUSE_WEIGHT}-{CONTEXT_WEIGHT}"


def passages(clause: Clause) -> list[Passage]:
    """The passages of a clause in order, at least one; what only says who is responsible is in none of them."""
    found = [
        Passage(
            clause.start + start, clause.start + end, _plain(clause.text[start:end], "" if start else clause.number)
        )
        for region in topic_spans(clause)
        for start, end in _windows(clause.text, region.start, region.end)
    ]
    telling = [passage for passage in found if _WORD.search(passage.text)]
    return telling or [Passage(clause.start, clause.end, "")]


def topic_spans(clause: Clause) -> list[Span]:
    """The parts of `clause.text` outside its duty statements, as offsets in `clause.text`."""
    found, position = [], 0
    for statement in clause.statements:
        found.append(Span(position, statement.start - clause.start))
        position = statement.end - clause.start
    found.append(Span(position, len(clause.text)))
    return [span for span in found if span.start < span.end]


def topic_text(clause: Clause) -> str:
    """The clause without its duty statements."""
    return " ".join(clause.text[span.start : span.end] for span in topic_spans(clause))


def context(document_title: str, clause: Clause) -> str:
    """The document's short title and the headings above the clause, without the clause's own number."""
    above = clause.path[:-1] if clause.number and clause.path and clause.path[-1] == clause.number else clause.path
    return " ".join([short_title(document_title), *(heading for heading in above if heading != document_title)])


def short_title(title: str) -> str:
    """`某市人民政府关于印发《某某方案》的通知` -> `某某方案`."""
    named = _NAMED.search(title)
    return named.group(1) if named else _WRAPPING.sub("", title)


def embed(embedder: Embedder, title: str, clauses: Sequence[Clause]) -> Embedded:
    """Spans (position of the clause, start, end) and unit vectors of all passages of a document."""
    found = [(i, passage) for i, clause in enumerate(clauses) for passage in passages(clause)]
    clause_of = np.array([i for i, _ in found], dtype=np.int64)
    texts = [passage.text for _, passage in found] + [_plain(topic_text(clause), clause.number) for clause in clauses]
    own, whole = np.split(_embedded(embedder, texts), [len(found)])
    around = _embedded(embedder, [context(title, clause) for clause in clauses])
    vectors = blend(own, whole[clause_of], around[clause_of])
    spans = np.array([(i, passage.start, passage.end) for i, passage in found], dtype=np.int64).reshape(-1, 3)
    return Embedded(spans, vectors.astype(np.float16))


def blend(own: Vectors, whole: Vectors, around: Vectors) -> Vectors:
    """normalise(p + CLAUSE_WEIGHT · k + CONTEXT_WEIGHT · c), row by row; a row of zeros stays zero."""
    mixed = own + CLAUSE_WEIGHT * whole + CONTEXT_WEIGHT * around
    norms = np.linalg.norm(mixed, axis=1, keepdims=True)
    return np.asarray(mixed / np.where(norms > 0, norms, 1), dtype=np.float32)


def _embedded(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """Each distinct text is embedded once: whole clauses are often one passage, and contexts repeat."""
    place = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    distinct = list(place)
    batches = [embedder.passages(distinct[first : first + _BATCH]) for first in range(0, len(distinct), _BATCH)]
    vectors = np.concatenate(batches) if batches else np.zeros((0, embedder.dimensions), dtype=np.float32)
    return vectors[np.array([place[text] for text in texts], dtype=np.int64)]


def _plain(text: str, number: str = "") -> str:
    """The text to embed: without the clause's number at its beginning, white space as one blank."""
    return " ".join(text.removeprefix(number).split())


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Neighbouring sentences of `text[start:end]` joined while they stay within MOST characters."""
    first = last = start
    for piece_start, piece_end in _pieces(text, start, end, (_SENTENCE, _PART, _PHRASE, _ANY)):
        if last > first and piece_end - first > MOST:
            yield first, last
            first = piece_start
        last = piece_end
    if last > first:
        yield first, last


def _pieces(text: str, start: int, end: int, cuts: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """Consecutive pieces: sentences, and of one that is too long its parts, then its phrases."""
    for match in cuts[0].finditer(text, start, end):
        if match.end() - match.start() > MOST and len(cuts) > 1:
            yield from _pieces(text, match.start(), match.end(), cuts[1:])
        elif match.end() > match.start():
            yield match.span()
