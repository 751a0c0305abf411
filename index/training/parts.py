"""What a token is made of: 充电桩 of 充电 and 桩, `social insurance` of its words, `piles` of `pile`.

A rare word has few texts to learn from and its parts have many, so a token's vector is trained as its own row plus a share
of its parts' (Bojanowski et al., Enriching Word Vectors with Subword Information, 2017, with words for n-grams). What is
shipped is the sum: at run time a token is one row again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]

SHARE = 0.7
"""How much the mean of its parts adds to a token."""
CHARACTERS_SHARE = 0.42
"""The same for a word of two characters, which say less of it than words do."""
_ENDINGS = (
    ("ies", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""), ("ers", "er"), ("ers", ""),
    ("er", ""), ("or", "e"), ("ly", ""), ("ion", ""), ("ion", "e"), ("ation", "e"), ("ment", ""), ("ity", ""),
    ("ity", "e"), ("al", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """Token i is made of `tokens[starts[i]:starts[i + 1]]`, none for most; `shares` weighs each of these."""

    tokens: Ids
    starts: Rows
    shares: npt.NDArray[np.float32]


def parts(tokens: Sequence[str]) -> Parts:
    """The parts of all tokens, in the order of the table's rows; row 0, the unknown token, neither has nor is any."""
    places = {token: place for place, token in enumerate(tokens) if place}
    found = [_of(token, places) if place else [] for place, token in enumerate(tokens)]
    counts = np.array([len(each) for each in found], dtype=np.int64)
    share = np.array([CHARACTERS_SHARE if len(t) == 2 and not t.isascii() else SHARE for t in tokens], dtype=np.float32)
    return Parts(
        np.array([places[part] for each in found for part in each], dtype=np.int32),
        np.concatenate(([0], np.cumsum(counts))),
        np.repeat(share / np.maximum(counts, 1), counts).astype(np.float32),
    )


def words(tokens: Sequence[str], made: Parts) -> Parts:
    """The parts that a reader would take for words: those of phrases, and of compounds that are cut in two (充电, 桩).

    A word that is only spelt by its characters has none, nor has an English word its stem.
    """
    lengths = np.array([len(token) for token in tokens])
    phrase = np.array([" " in token for token in tokens])
    chinese = np.array([not token.isascii() for token in tokens])
    in_two = chinese & (lengths > 2) & (np.diff(made.starts) == 2)
    kept = np.repeat(in_two | phrase, np.diff(made.starts))
    before = np.concatenate(([0], np.cumsum(kept)))
    return Parts(made.tokens[kept], before[made.starts], made.shares[kept])


def _of(token: str, known: Mapping[str, int]) -> list[str]:
    if " " in token:
        return [word for word in token.split(" ") if word in known]
    if token.isascii():
        return list(dict.fromkeys(_stems(token, known)))[:2]
    for cut in _cuts(len(token)) if len(token) > 2 else ():
        if token[:cut] in known and token[cut:] in known:
            return [token[:cut], token[cut:]]
    return [character for character in token if character in known] if len(token) > 1 else []


def _cuts(length: int) -> list[int]:
    """Where to cut a compound first: after two characters while it is short, in the middle when it is long."""
    best = 2 if length <= 4 else length / 2
    return sorted(range(1, length), key=lambda cut: (abs(cut - best), cut))


def _stems(token: str, known: Mapping[str, int]) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        stem = token.removesuffix(ending) + instead
        if token.endswith(ending) and len(token) - len(ending) >= 3 and stem in known and stem != token:
            yield stem
