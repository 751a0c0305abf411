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

KEPT = 20_000  # texts whose tokens are kept: about 20 MB

Scores = NDArray[np.float32]


class Tokens:
    """The tokens of texts by the bundled model; texts that were cut lately are not cut again. Safe to share between threads."""

    def __init__(self, table: StaticEmbedder) -> None:
        self.table = table
        self._kept: dict[str, Ints] = {}

    def cut(self, texts: Sequence[str]) -> tuple[Ints, Longs]:
        """See `StaticEmbedder.cut`."""
        kept = self._kept
        new = list(dict.fromkeys(text for text in texts if text not in kept))
        if len(kept) + len(new) > KEPT:
            kept, new = {}, list(dict.fromkeys(texts))
            self._kept = kept
        ids, ends = self.table.cut(new)
        kept.update(zip(new, np.split(ids, ends[:-1]), strict=False))
        found = [kept[text] for text in texts]
        together = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
        return together, np.cumsum([len(each) for each in found], dtype=np.int64)


def soft_scores(tokens: Tokens, question: str, texts: Sequence[str], other: float = 1.0) -> Scores:
    """The scores of the texts, float32 (len(texts),); zeros for a question without a known token.

    `other` is what another word that means the same counts at most: OTHER_WORD where the word itself could be expected.
    """
    asked = np.unique(tokens.table.cut([question])[0])
    if not len(asked):
        return np.zeros(len(texts), dtype=np.float32)
    rows = tokens.table.rows(asked)
    weights = np.linalg.norm(rows, axis=1)
    shares = rescaled(nearest(tokens, unit(rows), [text[:READ] for text in texts]), other)
    return np.asarray(shares @ (weights / weights.sum()), dtype=np.float32)


def nearest(tokens: Tokens, asked: Scores, texts: Sequence[str], apart: Sequence[Ints] = ()) -> Scores:
    """How near each text comes to each unit row of `asked`: the best cosine of a token of the text, or of a word that a token
    is made of, float32 (len(texts), len(asked)); 0 for a text without a known token.

    `apart` holds for each row of `asked` the tokens that do not count for it.
    """
    best = np.zeros((len(texts), len(asked)), dtype=np.float32)
    ids, ends = tokens.cut(texts)
    if len(ids):
        distinct, places = np.unique(ids, return_inverse=True)
        held, found = _maxima(_nearness(tokens.table, distinct, asked, apart)[places], ends)
        best[held] = found
    return best


def _nearness(table: StaticEmbedder, tokens: Ints, asked: Scores, apart: Sequence[Ints]) -> Scores:
    """The cosine of each token, or of the best of its parts, with each row of `asked`: float32 (len(tokens), len(asked))."""
    parts, ends = table.parts(tokens)
    ids = np.concatenate([tokens, parts])
    near = table.cosines(ids, asked)
    for column, silent in enumerate(apart):
        near[np.isin(ids, silent), column] = 0
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
