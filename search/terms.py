"""How much of a question a text speaks about: weighted coverage of the question's words, literal or by meaning.

Each content word w of the topic has a weight from its rarity. A text covers w with 1 when it holds the word, otherwise
with the best cosine between w and one of the text's words, rescaled so that unrelated words count 0 and words that
mean the same OTHER_WORD (1 for an English word, which a Chinese text cannot hold):
    coverage = Σ weight(w) · cover(w) / Σ weight(w)
(soft term matching as in Brunner & Stockinger 2020 and Kusner et al. 2015, with the model's own vectors).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embedder import StaticEmbedder
from index.lattice import Ints
from index.library import Library

from .reading import Reader
from .soft import OTHER_WORD, Scores, rescaled

COMMON, RARE = 6.0, 16.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage in [0, 1]: by the words themselves, and by words that mean the same too; `words` is that of each word."""

    literal: float
    soft: float
    words: tuple[float, ...] = ()


class Topic:
    """The content words of a topic with their weights and unit vectors, ready to be compared with many texts.

    `modifiers` are the tokens of each word that come before its last: 充电 does not stand for 充电桩, other than 桩.
    """

    def __init__(self, library: Library, reader: Reader, topic: str) -> None:
        self._reader = reader
        self.text = topic
        self.words = reader.words(topic)
        rarest = max(library.rarity(""), 1e-6)
        self.weights = np.array([_weight(library, word, rarest) for word in self.words], dtype=np.float32)
        self.vectors = reader.embedder.passages(self.words)
        self.modifiers = [_modifiers(reader.embedder, word) for word in self.words]

    def literal(self, normalised: str) -> float:
        """Weighted share of the words that the normalised text holds."""
        return self._share([1.0 if word in normalised else 0.0 for word in self.words])

    def coverage(self, normalised: str, cosines: Scores) -> Coverage:
        """Literal and soft coverage by a text as the segmenter normalises it, given its best cosine with each word."""
        held = [1.0 if word in normalised else self._parts_held(word, normalised) for word in self.words]
        soft = [max(pair) for pair in zip(held, self._shares(cosines), strict=True)]
        return Coverage(self._share(held), self._share(soft), tuple(soft))

    def nearness(self, texts: Sequence[str]) -> list[float]:
        """The cosine of each text with the topic, in [-1, 1]."""
        embedder = self._reader.embedder
        return [float(value) for value in embedder.passages(texts) @ embedder.query(self.text)]

    def _parts_held(self, word: str, normalised: str) -> float:
        """The share of a compound's parts that the text holds: 招商引资 is half said by 招商."""
        parts = self._reader.parts(word)
        return sum(part in normalised for part in parts if len(part) > 1) / len(parts) if parts else 0.0

    def _share(self, values: Sequence[float]) -> float:
        total = float(self.weights.sum())
        if all(value == 1.0 for value in values):
            return float(total > 0.0)
        return float(np.dot(self.weights, np.array(values, dtype=np.float32)) / total) if total else 0.0

    def _shares(self, cosines: Scores) -> list[float]:
        other = np.array([1.0 if word.isascii() else OTHER_WORD for word in self.words], dtype=np.float32)
        return [float(value) for value in rescaled(cosines, other)]


def _modifiers(table: StaticEmbedder, word: str) -> Ints:
    ids, _ = table.cut([word])
    parts, _ = table.parts(ids) if len(ids) == 1 else (ids, None)
    return parts[:-1]


def _weight(library: Library, word: str, rarest: float) -> float:
    """Rarity in general Chinese times rarity in the library: a word that is rare in both tells most.

    General rarity runs from 0.1 for one word in 400 to 1 for one in ten million and rarer; the library's is its idf over
    the largest idf possible there, and counts for three quarters.
    """
    frequency = library.segmenter.frequency(word)
    general = min(max((-math.log(max(frequency, 1e-9)) - COMMON) / (RARE - COMMON), 0.1), 1.0)
    return general * (0.25 + 0.75 * min(library.rarity(word) / rarest, 1.0))
