"""Passages that the half-trained model takes for the answer and that are not: the next stage learns to tell them apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.training.bags import pooled
from index.training.pairs import Pairs, Ragged, Rows
from index.training.teacher import Vectors

_SEARCHED = 50_000
_NEAREST = 30
_KEPT = 8
_COPY = 0.75


def mine(table: Vectors, pairs: Pairs, passages: Ragged, seed: int) -> Pairs:
    """The same pairs with wrong passages: for each, `_KEPT` of the `_NEAREST` to its left sides among `_SEARCHED` at random.

    Passages whose cosine with the right side exceeds `_COPY` are left out: near-copies of a clause answer it too.
    """
    rng = np.random.default_rng(seed)
    sample = np.sort(rng.permutation(len(passages))[:_SEARCHED])
    texts = pooled(table, passages)[sample]
    lefts, rights = pooled(table, pairs.lefts), pooled(table, pairs.rights)
    ways = len(pairs.lefts) // len(pairs)
    rights = rights[:: len(pairs.rights) // len(pairs)]
    wrong = np.empty((len(pairs), _KEPT), dtype=np.int64)
    for first in range(0, len(pairs), 128):
        rows = np.arange(first, min(first + 128, len(pairs)))
        copies = np.where(rights[rows] @ texts.T > _COPY, np.float32(-2), np.float32(0))
        found = [_best(copies + lefts[rows * ways + way] @ texts.T, _NEAREST) for way in range(ways)]
        wrong[rows] = sample[rng.permuted(np.concatenate(found, axis=1), axis=1)[:, :_KEPT]]
    return replace(pairs, wrong=(passages, wrong))


def _best(scores: Vectors, count: int) -> Rows:
    import torch

    best: Rows = torch.topk(torch.from_numpy(scores), min(count, scores.shape[1])).indices.numpy()
    return best
