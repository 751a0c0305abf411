"""The most probable cut of many texts into known tokens, all texts at once in numpy.

It finds what the bundled model's `tokenizer.json` (a unigram model) finds, several times faster: that file is read by
sentence-transformers, this module by the run-time loader. A test holds the two together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

BREAK = 0
"""The class of characters that occur in no token: a token never reaches across them."""
WIDE = 0xFFFF
"""The class of characters that normalise to several."""
_AT_ONCE = 65_536  # characters that are searched together: the search takes about a kilobyte for each
_PIECE = 2048  # characters of a text that are searched together


@dataclass(frozen=True, slots=True)
class Lattice:
    """A double-array trie over classes of characters (Aoe 1989), and the tokens' log probabilities.

    `classes[code point]` is the class of the character as normalised. A state is a slot; the slot of a single character
    is its class, and from state s class c leads to `t = base[s] + c` if `check[t] == s`. `tokens[t]` is the token that
    ends in slot t, or -1. All these are arrays of the model file.
    """

    classes: npt.NDArray[np.uint16]
    base: Ints
    check: Ints
    tokens: Ints
    scores: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Lattice:
        """From arrays named `lattice.classes` and so on, as `arrays()` names them."""
        return cls(**{field.name: arrays[f"lattice.{field.name}"] for field in fields(cls)})

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        return {f"lattice.{field.name}": getattr(self, field.name) for field in fields(self)}

    def cut(self, texts: Sequence[str]) -> tuple[Ints, Longs]:
        """All texts' token ids end to end, and where each text's ids end. Unknown characters give no token."""
        found: list[Ints] = []
        counts = np.zeros(len(texts), dtype=np.int64)
        for numbers, pieces in _batches(texts):
            ids, ends = self._cut(pieces)
            found.append(ids)
            np.add.at(counts, numbers, np.diff(ends, prepend=0))
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int32), np.cumsum(counts)

    def _cut(self, texts: Sequence[str]) -> tuple[Ints, Longs]:
        classes, lengths = self._read(texts)
        depths = self._match(classes)
        ends = np.cumsum(lengths + 1)
        if not depths:
            return np.zeros(0, dtype=np.int32), np.zeros(len(texts), dtype=np.int64)
        chosen, ids = self._best(classes, depths)
        return ids, np.searchsorted(chosen, ends)

    def _read(self, texts: Sequence[str]) -> tuple[Ints, Longs]:
        """The class of every character, with a break after each text, and the texts' lengths."""
        codes = np.frombuffer("\0".join([*texts, ""]).encode("utf-32-le", "replace"), dtype=np.uint32)
        classes = self.classes[np.minimum(codes, len(self.classes) - 1)]
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        wide = np.flatnonzero(classes == WIDE)
        if len(wide):
            holders = set(np.searchsorted(np.cumsum(lengths + 1), wide, side="right").tolist())
            return self._read([self._widen(text) if i in holders else text for i, text in enumerate(texts)])
        return classes.astype(np.int32), lengths

    def _widen(self, text: str) -> str:
        """The text with characters such as ㎡ written out."""
        last = len(self.classes) - 1
        return "".join(
            unicodedata.normalize("NFKC", c).lower() if self.classes[min(ord(c), last)] == WIDE else c for c in text
        )

    def _match(self, classes: Ints) -> list[tuple[Longs, Ints]]:
        """For each length 1, 2, … the places where a token of that length ends (exclusive), and which token."""
        places = np.flatnonzero(classes)
        states = classes[places]
        found = []
        while len(places):
            tokens = self.tokens[states]
            known = tokens >= 0
            places += 1
            found.append((places[known], tokens[known]))
            slots = self.base[states] + classes[places]
            goes_on = self.check[slots] == states
            places, states = places[goes_on], slots[goes_on]
        return found

    def _best(self, classes: Ints, depths: Sequence[tuple[Longs, Ints]]) -> tuple[Longs, Ints]:
        """Viterbi's search in all segments at once, one character further at a time: where tokens end, and which."""
        scores = np.full((len(classes), len(depths)), -np.inf, dtype=np.float32)
        tokens = np.full((len(classes), len(depths)), -1, dtype=np.int32)
        for depth, (places, found) in enumerate(depths):
            scores[places, depth] = self.scores[found]
            tokens[places, depth] = found
        inside = classes != BREAK
        unknown = np.isneginf(scores[:, 0]) & np.append(False, inside[:-1])
        scores[unknown, 0] = self.scores.min() - 10
        firsts, lasts = _segments(inside, depths)
        lengths = _walk(scores, firsts, lasts)
        ends = _path(lengths, firsts, lasts)
        ids = tokens[ends, lengths[ends] - 1]
        return ends[ids >= 0], ids[ids >= 0]


def _batches(texts: Sequence[str]) -> Iterator[tuple[list[int], list[str]]]:
    """All texts in pieces, with the numbers of their texts, as many together as may be searched at once."""
    numbers: list[int] = []
    pieces: list[str] = []
    characters = 0
    for number, text in enumerate(texts):
        for piece in (text,) if len(text) <= _PIECE else _pieces(text):
            characters += len(piece)
            if pieces and characters > _AT_ONCE:
                yield numbers, pieces
                numbers, pieces, characters = [], [], len(piece)
            numbers.append(number)
            pieces.append(piece)
    if pieces:
        yield numbers, pieces


def _pieces(text: str) -> Iterator[str]:
    """A text of ordinary length whole, a longer one cut after punctuation or a blank where it has any."""
    first = 0
    while len(text) - first > _PIECE:
        window = text[first : first + _PIECE]
        end = 1 + max(map(window.rfind, "。；;，,！？!?\n")) or 1 + window.rfind(" ") or _PIECE
        yield window[:end]
        first += end
    yield text[first:]


def _segments(inside: npt.NDArray[np.bool_], depths: Sequence[tuple[Longs, Ints]]) -> tuple[Longs, Longs]:
    """Where each segment begins and ends: the shortest runs of characters that no known token reaches out of.

    No cut can have a token across their bounds, so each is searched by itself, and most are words.
    """
    across = np.zeros(len(inside) + 1, dtype=np.int32)
    for depth, (places, _) in enumerate(depths[1:], start=1):
        across[places - depth] += 1
        across[places] -= 1
    apart = np.cumsum(across[:-1]) == 0
    return np.flatnonzero(inside & apart), np.flatnonzero(np.append(False, inside[:-1]) & apart)


def _walk(scores: Floats, firsts: Longs, lasts: Longs) -> Longs:
    """For each place the length of the token that ends there on the best way from the beginning of its segment."""
    lengths = np.ones(len(scores), dtype=np.int64)
    sizes = lasts - firsts
    order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes > 1)]
    starts, sizes = firsts[order], sizes[order]
    best = np.full(len(scores), -np.inf, dtype=np.float32)
    best[starts] = 0
    running = np.searchsorted(-sizes, -np.arange(1, sizes[0] + 2 if len(sizes) else 1), side="right")
    for step, (count, going_on) in enumerate(pairwise(running.tolist()), start=1):
        places = starts[:count] + step
        depths = np.arange(1, min(step, scores.shape[1]) + 1)
        ways = best[places[:, None] - depths] + scores[places, : len(depths)]
        chosen = ways.argmax(axis=1)
        lengths[places] = chosen + 1
        best[places[:going_on]] = ways[np.arange(going_on), chosen[:going_on]]  # where one ends the next may begin
    return lengths


def _path(lengths: Longs, firsts: Longs, lasts: Longs) -> Longs:
    """The ends of the tokens on the best ways, ascending: from the last place of each run back to its first."""
    on_path = np.zeros(len(lengths), dtype=bool)
    places, stops = lasts, firsts
    while len(places):
        on_path[places] = True
        places = places - lengths[places]
        going = places > stops
        places, stops = places[going], stops[going]
    return np.flatnonzero(on_path)
