"""Contrastive training of the table: both sides of a pair are sums of its rows, made unit length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.training.bags import composed, embed
from index.training.pairs import Ids, Pairs, Rows
from index.training.parts import Parts
from index.training.teacher import Vectors

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Settings:
    """`drop`: share of tokens left out of each text at random; `longest`: tokens read of a text; `scale`: 1 / temperature."""

    steps: int = 1100
    rate: float = 3e-3
    scale: float = 20.0
    drop: float = 0.38
    longest: int = 128
    seed: int = 0


def fit(
    own: Vectors, made: Parts, sources: Sequence[Pairs], settings: Settings, report: Callable[[str], None]
) -> Vectors:
    """Each step sees one batch of every source. Returns the tokens' own rows trained, same shape; row 0 stays zero."""
    import torch

    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    weight = torch.nn.Parameter(torch.from_numpy(own.copy()))
    optimiser = torch.optim.Adam([weight], lr=settings.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step / settings.steps))
    means = dict.fromkeys((s.name for s in sources), 0.0)
    for step in range(settings.steps):
        optimiser.zero_grad(set_to_none=True)
        losses = _losses(composed(weight, made), sources, settings, rng)
        torch.stack(losses).sum().backward()  # type: ignore[no-untyped-call]
        for source, loss in zip(sources, losses, strict=True):
            means[source.name] += (loss.item() - means[source.name]) / min(step + 1, 50)
        optimiser.step()
        schedule.step()
        if (step + 1) % 50 == 0:
            report(f"step {step + 1} of {settings.steps}: " + ", ".join(f"{k} {v:.3f}" for k, v in means.items()))
    trained: Vectors = weight.detach().numpy()
    trained[0] = 0
    return trained


def table(own: Vectors, made: Parts) -> Vectors:
    """The rows that are used: each token's own and its parts' share."""
    import torch

    with torch.no_grad():
        rows: Vectors = composed(torch.from_numpy(own), made).numpy()
    return rows


def _rate(done: float) -> float:
    """Five per cent of warm-up, then linearly down to zero."""
    return min(done / 0.05, 1.0) * (1 - done) + 1e-3


def _losses(
    weight: torch.Tensor, sources: Sequence[Pairs], settings: Settings, rng: np.random.Generator
) -> list[torch.Tensor]:
    """One loss for each source. All texts of the step go through the table at once: it is the backward pass that costs."""
    import torch

    rows = [rng.choice(len(s), size=min(s.batch, len(s)), replace=False) for s in sources]
    taken = [side for s, chosen in zip(sources, rows, strict=True) for side in _sides(s, chosen, settings, rng)]
    ids = np.concatenate([ids for ids, _ in taken])
    offsets = np.cumsum([0, *(len(ids) for ids, _ in taken[:-1])])
    begins = np.concatenate([begins + offset for (_, begins), offset in zip(taken, offsets, strict=True)])
    kept = rng.random(len(ids)) >= settings.drop
    before = np.concatenate(([0], np.cumsum(kept)))
    vectors = embed(weight, ids[kept], before[begins])
    parts = iter(torch.split(vectors, [len(begins) for _, begins in taken]))
    return [
        _loss(next(parts), next(parts), s.groups[chosen], settings.scale)
        for s, chosen in zip(sources, rows, strict=True)
    ]


def _sides(source: Pairs, rows: Rows, settings: Settings, rng: np.random.Generator) -> list[tuple[Ids, Rows]]:
    """Left and right texts of these pairs."""
    left, right = source.sides(rows, rng)
    return [source.lefts.take(left, settings.longest, rng), source.rights.take(right, settings.longest, rng)]


def _loss(left: torch.Tensor, right: torch.Tensor, groups: Rows, scale: float) -> torch.Tensor:
    """Cross entropy of each left side over all right sides, and of each right side over all left ones."""
    import torch

    same = torch.from_numpy(groups[:, None] == groups[None, :])
    logits = (scale * left @ right.T).masked_fill(same.fill_diagonal_(False), -1e4)
    goal = torch.arange(len(logits))
    forth, back = (torch.nn.functional.cross_entropy(each, goal) for each in (logits, logits.T))
    return (forth + back) / 2
