"""Dense and lexical candidates, fused. The fusion is ours, so that every backend of the library ranks alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.library import Library
from index.records import DenseHit, LexicalHit

from .model import Language

POOL = 100
DENSE_WEIGHT: dict[Language, float] = {"zh": 0.6, "en": 0.85}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause in the running: fused score in [0, 1], its cosine (0 when only terms found it) and normalised BM25."""

    key: int
    score: float
    dense: float
    lexical: float


def retrieve(
    library: Library, topic: str, language: Language, limit: int, documents: Collection[str] | None = None
) -> list[Candidate]:
    """The fused candidates for a topic, best first; ties go to the smaller key. `documents` restricts the search."""
    dense = library.dense(library.embedder.query(topic), max(POOL, limit), documents)
    lexical = library.lexical(library.segmenter.query_terms(topic), max(POOL, limit), documents)
    return fuse(dense, lexical, DENSE_WEIGHT[language])[:limit]


def fuse(dense: Sequence[DenseHit], lexical: Sequence[LexicalHit], weight: float) -> list[Candidate]:
    """Convex combination of the two scores: `weight` · cosine' + (1 − `weight`) · BM25'.

    BM25' is the score over the best score. cosine' is the cosine mapped so that the last dense hit is 0 and the best 1;
    both lie in [0, 1], and a clause missing from a list has 0 there (Bruch et al., An Analysis of Fusion Functions for
    Hybrid Retrieval, 2023: a convex combination with theoretical minimum beats reciprocal ranks).
    """
    cosines = {hit.clause_key: hit.score for hit in dense}
    top, floor = max(cosines.values(), default=0.0), min(cosines.values(), default=0.0)
    width = max(top - floor, 1e-6)
    best = max((hit.score for hit in lexical), default=1.0)
    bm25 = {hit.clause_key: hit.score / best for hit in lexical}
    fused = [
        Candidate(
            key,
            weight * (max(cosines.get(key, floor) - floor, 0.0) / width) + (1 - weight) * bm25.get(key, 0.0),
            cosines.get(key, 0.0),
            bm25.get(key, 0.0),
        )
        for key in cosines.keys() | bm25.keys()
    ]
    return sorted(fused, key=lambda candidate: (-candidate.score, candidate.key))
