"""How much of a question a text speaks about: weighted coverage of the question's words, literal or by meaning.

Each content word w of the topic has a weight from its rarity. A text covers w with 1 when it holds the word, otherwise with
the best cosine between w and one of the text's words, rescaled so that unrelated words count 0:
    coverage = Σ weight(w) · cover(w) / Σ weight(w)
(soft term matching as in Brunner & Stockinger 2020 and Kusner et al. 2015, with the model's own vectors).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.library import Library

_CONTENT = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
_WEAK = frozenset(
    "的 了 和 与 及 或 在 是 要 能 会 给 让 把 对 从 到 为 由 归 就 也 都 还 再 又 被 将 可 可以 应 应当 需要 想 有 没 没有 不 这 那 其 "
    "每 各 个 项 条 事 事情 工作 方面 情况 问题 进行 开展 推进 推动 加强 做好 相关 有关 目前 现在 我们 我 你 他 一 两 上 下 中 里 时 后 前 "
    "拿 发 搞 弄 办 做 干 建 算 补 放 退 好 多 少 大 小 地方 东西 地区 本市 我市".split()
)
SOFT_FLOOR, SOFT_CEILING = 0.2, 0.6
COMMON, RARE = 6.0, 16.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """`literal` and `soft` coverage in [0, 1]; `missing` are the words that the text neither holds nor means."""

    literal: float
    soft: float
    missing: tuple[str, ...]


class Topic:
    """The content words of a topic with their weights, ready to be compared with many texts."""

    def __init__(self, library: Library, topic: str) -> None:
        self._library = library
        self.words = _content_words(library, topic)
        self.weights = np.array([_weight(library, word) for word in self.words], dtype=np.float32)
        self._vectors: NDArray[np.float32] | None = None

    def literal(self, normalised: str) -> float:
        """Weighted share of the words that the normalised text holds."""
        return self._share([1.0 if word in normalised else 0.0 for word in self.words])

    def coverage(self, normalised: str) -> Coverage:
        """Literal and soft coverage by a text (normalised as the segmenter does)."""
        held = [1.0 if word in normalised else 0.0 for word in self.words]
        soft = list(held)
        open_words = [index for index, value in enumerate(held) if value == 0.0]
        if open_words:
            similarity = self._similarities(normalised)
            for index in open_words:
                soft[index] = similarity[index]
        missing = tuple(word for word, value in zip(self.words, soft, strict=True) if value < 0.35)
        return Coverage(self._share(held), self._share(soft), missing)

    def _share(self, values: Sequence[float]) -> float:
        total = float(self.weights.sum())
        return float(np.dot(self.weights, np.array(values, dtype=np.float32)) / total) if total else 0.0

    def _similarities(self, normalised: str) -> list[float]:
        words = sorted(set(_content_words(self._library, normalised)))
        if not words:
            return [0.0] * len(self.words)
        if self._vectors is None:
            self._vectors = self._library.embedder.passages(self.words)
        cosine = self._vectors @ self._library.embedder.passages(words).T
        best = cosine.max(axis=1)
        return [float(value) for value in np.clip((best - SOFT_FLOOR) / (SOFT_CEILING - SOFT_FLOOR), 0.0, 1.0)]


def _weight(library: Library, word: str) -> float:
    """Rarity in general Chinese times rarity in the library: a word that is rare in both tells most.

    General rarity runs from 0.1 for one word in 400 to 1 for one in ten million and rarer; the library's is its idf over the
    largest idf possible there, and counts for three quarters.
    """
    frequency = library.segmenter.frequency(word)
    general = min(max((-math.log(max(frequency, 1e-9)) - COMMON) / (RARE - COMMON), 0.1), 1.0)
    return general * (0.25 + 0.75 * min(library.rarity(word) / max(library.rarity(""), 1e-6), 1.0))


def _content_words(library: Library, text: str) -> list[str]:
    words = (word for word in library.segmenter.words(text) if _CONTENT.search(word) and word not in _WEAK)
    return list(dict.fromkeys(words))
