"""Words share the meaning of what they are made of: rare compounds and inflected forms borrow from the words inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from index.training.teacher import Vectors

COMPOUND, PAIR, INFLECTED = 0.7, 0.3, 0.5
"""What a token borrows from its parts, as a share of its own length; chosen on the held-out questions."""

_ENDINGS = {"s": ("",), "es": ("", "e"), "ing": ("", "e"), "ed": ("", "e"), "ies": ("y",)}


def share(table: Vectors, scores: Mapping[str, float]) -> Vectors:
    """The table with each compound's row turned towards the sum of its parts' rows; lengths stay. Row i is the i-th token."""
    places = {token: place for place, token in enumerate(scores)}
    kin = sorted(_kin(scores), key=lambda found: len(found[0]))
    shared = table.copy()
    for token, parts, part in kin:
        row, lent = shared[places[token]], shared[[places[p] for p in parts]].sum(axis=0)
        length, other = float(np.linalg.norm(row)), float(np.linalg.norm(lent))
        if length and other:
            turned = row / length + part * lent / other
            shared[places[token]] = turned * (length / max(float(np.linalg.norm(turned)), 1e-6))
    return shared


def _kin(scores: Mapping[str, float]) -> Iterator[tuple[str, list[str], float]]:
    """Each token that is made of others, those, and how much it borrows; shorter tokens first, so that loans add up."""
    for token in scores:
        if token.isascii():
            parts = token.split(" ") if " " in token else _stem(token, scores)
            if parts and all(part in scores for part in parts):
                yield token, parts, COMPOUND if " " in token else INFLECTED
        elif len(token) > 1 and (parts := _parts(token, scores)):
            yield token, parts, COMPOUND if len(token) > 2 else PAIR


def _stem(word: str, scores: Mapping[str, float]) -> list[str]:
    """The word without its ending, if that is a token of three letters or more."""
    if not word.isalpha():
        return []
    stems = (word[: -len(e)] + back for e, backs in _ENDINGS.items() if word.endswith(e) for back in backs)
    return [stem for stem in stems if len(stem) > 2 and stem in scores][:1]


def _parts(word: str, scores: Mapping[str, float]) -> list[str]:
    """The most probable cut of a token into shorter ones; none if a character is unknown."""
    best: list[tuple[float, list[int]]] = [(0.0, [0])]
    for end in range(1, len(word) + 1):
        ways: list[tuple[float, list[int]]] = [
            (best[start][0] + scores[word[start:end]], [*best[start][1], end])
            for start in range(end)
            if word[start:end] in scores and end - start < len(word) and best[start][1]
        ]
        best.append(max(ways, default=(-np.inf, [])))
    return [word[first:last] for first, last in pairwise(best[-1][1])]
