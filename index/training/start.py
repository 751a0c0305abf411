"""The table before training: Chinese words from the teacher's vectors of their definitions, English from its own."""

from __future__ import annotations

import numpy as np

from index.training.glosses import gloss
from index.training.teacher import Teacher, Vectors
from index.training.vocabulary import Vocabulary

_SIF = 1e-3
_NOISE = 0.3


def table(
    vocabulary: Vocabulary, entries: dict[str, list[str]], teacher: Teacher, dimensions: int, seed: int
) -> Vectors:
    """Shape (tokens, dimensions), float32. A row's length is its weight a / (a + p), a = 1e-3, p the token's probability (Arora 2017).

    Words that have neither a definition nor an English form are the mean of their parts, or else small noise; so are the
    dimensions that the teacher does not have. Raises ValueError for fewer dimensions than the teacher's.
    """
    tokens = list(vocabulary.scores)
    glosses = {token: gloss(token, entries) for token in tokens}
    known = [token for token in tokens if glosses[token]]
    vectors = teacher.vectors([glosses[token] for token in known])
    vectors = vectors - vectors.mean(axis=0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    if vectors.shape[1] > dimensions:
        raise ValueError(f"{dimensions} dimensions; the teacher has {vectors.shape[1]}: give at least as many")
    rows = dict(zip(known, vectors, strict=True))
    shape = (len(tokens), dimensions)
    made = np.random.default_rng(seed).normal(0, _NOISE / np.sqrt(shape[1]), shape).astype(np.float32)
    for place, token in enumerate(tokens):
        made[place, : vectors.shape[1]] += rows[token] if token in rows else _mean_of_parts(token, vocabulary, rows)
    weights = _SIF / (_SIF + np.exp(np.array(list(vocabulary.scores.values()), dtype=np.float32)))
    made *= (weights / np.maximum(np.linalg.norm(made, axis=1), _NOISE))[:, None]
    made[0] = 0
    return made


def _mean_of_parts(token: str, vocabulary: Vocabulary, rows: dict[str, Vectors]) -> Vectors | float:
    parts = [rows[part] for part in vocabulary.parts.get(token, ()) if part in rows]
    parts = parts or [rows[character] for character in token if character in rows and len(token) > 1]
    return np.mean(parts, axis=0) if parts else 0.0
