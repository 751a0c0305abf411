"""Questions made from a passage without anybody writing them: its telling words, in Chinese and by their English glosses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.lattice import Lattice
from index.training.glosses import gloss, literal
from index.training.pairs import Pairs, Ragged, encode

Weights = npt.NDArray[np.float64]


def sources(
    passages: Ragged,
    groups: Sequence[str],
    entries: dict[str, list[str]],
    tokens: Sequence[str],
    lattice: Lattice,
    seed: int,
) -> list[Pairs]:
    """Two kinds of pairs: three to six words of a passage, and the English of as many, each against the passage.

    English is the dictionary's or, half of the time, word by word, as in questions by people who think in Chinese.
    """
    rng = np.random.default_rng(seed)
    weights = _weights(passages, tokens)
    words = [" ".join(tokens[i] for i in chosen) for chosen in _samples(passages, weights, rng)]
    literals = [literal(token, entries) for token in tokens]
    english = [(gloss(token, entries, 1) or plain, plain) for token, plain in zip(tokens, literals, strict=True)]
    known = weights * np.array([bool(text) for text in literals])
    glosses = ["; ".join(english[i][rng.integers(2)] for i in chosen) for chosen in _samples(passages, known, rng)]
    numbers = Pairs.numbers(groups)
    return [
        Pairs("words", 512, encode(lattice, words), passages, numbers),
        Pairs("glosses", 512, encode(lattice, glosses), passages, numbers),
    ]


def _weights(passages: Ragged, tokens: Sequence[str]) -> Weights:
    """Squared inverse document frequency (natural logarithm), zero for tokens of fewer than two Chinese characters."""
    owner = np.repeat(np.arange(len(passages)), np.diff(passages.starts))
    distinct = np.unique(owner * np.int64(1 << 20) + passages.ids) & ((1 << 20) - 1)
    counts = np.bincount(distinct, minlength=len(tokens))
    weights: Weights = np.log(len(passages) / np.maximum(counts, 1)) ** 2
    telling = [place > 0 and len(token) > 1 and token.isalpha() for place, token in enumerate(tokens)]
    weights[~np.array(telling)] = 0
    return weights


def _samples(passages: Ragged, weights: Weights, rng: np.random.Generator) -> Iterator[list[int]]:
    """Three to six distinct tokens of each passage, likelier the rarer they are (Efraimidis and Spirakis 2006)."""
    for first, end in zip(passages.starts[:-1].tolist(), passages.starts[1:].tolist(), strict=True):
        ids = np.unique(passages.ids[first:end])
        chances = weights[ids]
        ids = ids[chances > 0]
        keys = rng.random(len(ids)) ** (1 / chances[chances > 0])
        yield ids[np.argsort(-keys)[: rng.integers(3, 7)]].tolist()
