"""Sums of a table's rows, with a backward pass that costs as little as the forward one."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from index.training.pairs import Ids, Rows
from index.training.parts import Parts


class _Sums(torch.autograd.Function):
    """Row i of the result is Σ weights[j] · table[ids[j]] over j from begins[i] to begins[i + 1].

    The gradient of the table is the same kind of sum, over the transposed lists: torch's own takes ten times as long.
    """

    @staticmethod
    def forward(
        context: Any, table: torch.Tensor, ids: torch.Tensor, begins: torch.Tensor, weights: torch.Tensor | None
    ) -> torch.Tensor:
        context.save_for_backward(ids, begins, weights)
        context.rows = len(table)
        return torch.nn.functional.embedding_bag(ids, table, begins, mode="sum", per_sample_weights=weights)

    @staticmethod
    def backward(context: Any, *gradients: Any) -> Any:
        ids, begins, weights = context.saved_tensors
        counts = torch.diff(begins, append=torch.tensor([len(ids)]))
        bags = torch.repeat_interleave(torch.arange(len(begins)), counts)
        order = torch.argsort(ids, stable=True)
        ends = torch.cumsum(torch.bincount(ids, minlength=context.rows), 0)
        starts = torch.cat([torch.zeros(1, dtype=torch.int64), ends[:-1]])
        shares = None if weights is None else weights[order]
        table = torch.nn.functional.embedding_bag(
            bags[order], gradients[0].contiguous(), starts, mode="sum", per_sample_weights=shares
        )
        return table, None, None, None


def composed(own: torch.Tensor, made: Parts) -> torch.Tensor:
    """The table that is used: each token's own row plus its share of the rows of its parts, same shape."""
    return own + _sums(own, made.tokens, made.starts[:-1], torch.from_numpy(made.shares))


def embed(table: torch.Tensor, ids: Ids, begins: Rows) -> torch.Tensor:
    """Unit rows, shape (len(begins), dimensions): sums of the rows of `ids`."""
    return torch.nn.functional.normalize(_sums(table, ids, begins, None), dim=1)


def _sums(table: torch.Tensor, ids: Ids, begins: Rows, weights: torch.Tensor | None) -> torch.Tensor:
    tokens = torch.from_numpy(ids.astype(np.int64))
    rows: torch.Tensor = _Sums.apply(table, tokens, torch.from_numpy(begins), weights)  # type: ignore[no-untyped-call]
    return rows
