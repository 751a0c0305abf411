"""Soft term matching: how well the words of a text answer each word of a question, for hundreds of texts at once.

    score = Σ weight(q) · max over t of share(q, t) / Σ weight(q)
    share(q, t) = 1 if q is t, else other · clip((cos(q, t) − FLOOR) / (CEILING − FLOOR), 0, 1)
over the tokens q of the question and the tokens t of the text and the words that its compounds are made of, with the
bundled model's vectors; weight(q) is the length of q's own vector, which is how much a token counts in a sum (late
interaction as in Khattab & Zaharia, ColBERT, 2020, with static vectors). Higher is better, in [0, 1].
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedder import StaticEmbedder, unit
from index.lattice import Ints, Longs

FLOOR, CEILING = 0.2, 0.6
OTHER_WORD, SAME = 0.8, 0.999  # 充电桩 is said best by 充电桩, however near 充电棚 may be
READ = 1200  # characters of a text that are compared: a clause longer than that is rare

Scores = NDArray[np.float32]


def soft_scores(table: StaticEmbedder, question: str, texts: Sequence[str], other: float = 1.0) -> Scores:
    """The scores of the texts, float32 (len(texts),); zeros for a question without a known token.

    `other` is what another word that means the same counts at most: OTHER_WORD where the word itself could be expected.
    """
    scores = np.zeros(len(texts), dtype=np.float32)
    asked = np.unique(table.cut([question])[0])
    tokens, ends = table.cut([text[:READ] for text in texts])
    if not len(asked) or not len(tokens):
        return scores
    distinct, places = np.unique(tokens, return_inverse=True)
    held, best = _maxima(rescaled(_nearness(table, distinct, asked), other)[places], ends)
    weights = np.linalg.norm(table.rows(asked), axis=1)
    scores[held] = best @ (weights / weights.sum())
    return scores


def _nearness(table: StaticEmbedder, tokens: Ints, asked: Ints) -> Scores:
    """The cosine of each token, or of the best of its parts, with each token asked: float32 (len(tokens), len(asked))."""
    parts, ends = table.parts(tokens)
    near = unit(table.rows(np.concatenate([tokens, parts]))) @ unit(table.rows(asked)).T
    covers, of_parts = near[: len(tokens)], near[len(tokens) :]
    if len(parts):
        made, best = _maxima(of_parts, ends)
        covers[made] = np.maximum(covers[made], best)
    return np.asarray(covers)


def _maxima(rows: Scores, ends: Longs) -> tuple[NDArray[np.bool_], Scores]:
    """Which runs, each up to its end, have any rows, and of those the column-wise maxima."""
    begins = np.concatenate(([0], ends[:-1]))
    held = ends > begins
    return held, np.maximum.reduceat(rows, begins[held], axis=0)


def rescaled(cosines: Scores, other: float | Scores) -> Scores:
    """Cosines of words as shares of being said: unrelated words 0, the word itself 1, one that means the same `other`."""
    shares = other * np.clip((cosines - FLOOR) / (CEILING - FLOOR), 0, 1)
    return np.where(cosines > SAME, np.float32(1), shares).astype(np.float32)
