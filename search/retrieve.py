"""Dense and lexical candidates, fused. The fusion is ours, so that every backend of the library ranks alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from index.library import Library
from index.passages import short_title
from index.records import DenseHit, LexicalHit, StoredDocument

from .model import Language
from .question import Question
from .soft import OTHER_WORD, Tokens, soft_scores

POOL, DEEPEST = 80, 300  # candidates of each list; three for each clause wanted, within these bounds
DENSE_WEIGHT: dict[Language, float] = {"zh": 0.9, "en": 0.85}
SOFT_WEIGHT: dict[Language, float] = {"zh": 1.0, "en": 2.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause in the running: its score, its cosine (0 when only terms found it) and normalised BM25."""

    key: int
    score: float
    dense: float
    lexical: float


def retrieve(
    library: Library,
    tokens: Tokens,
    question: Question,
    limit: int,
    held: Mapping[str, StoredDocument],
    documents: Collection[str] | None = None,
) -> list[Candidate]:
    """The candidates for a question, best first; ties go to the smaller key. `documents` restricts the search.

    Its vector is that of the whole question, which is what the model was trained on; its terms are those of the topic.
    The fused candidates are put in order by how well their words answer those of the topic, too (see soft.py). `held` are
    the documents by id; a clause of one that came or went since is left out.
    """
    pool = max(limit, min(max(POOL, 3 * limit), DEEPEST))
    dense = library.dense(library.embedder.query(question.text), pool, documents)
    lexical = library.lexical(library.segmenter.query_terms(question.topic), pool, documents)
    fused = {each.key: each for each in fuse(dense, lexical, DENSE_WEIGHT[question.language])[:pool]}
    texts = [each for each in library.texts(list(fused)) if each.document_id in held]
    read = [" ".join((short_title(held[each.document_id].title), *each.path, each.text)) for each in texts]
    gains = SOFT_WEIGHT[question.language] * soft_scores(
        tokens, question.topic, read, 1.0 if question.language == "en" else OTHER_WORD
    )
    scored = [
        replace(fused[each.key], score=fused[each.key].score + gain)
        for each, gain in zip(texts, gains.tolist(), strict=True)
    ]
    return sorted(scored, key=lambda each: (-each.score, each.key))


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
