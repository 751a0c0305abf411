"""Ranking measures over many queries, by ir-measures: R@1, R@10, R@100, MRR@10, nDCG@10. Higher is better, all in [0, 1].

A query without results counts as zero, not as absent: it is in the mean.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from statistics import fmean

from ir_measures import RR, Qrel, R, ScoredDoc, iter_calc, nDCG

MEASURES = {"R@1": R @ 1, "R@10": R @ 10, "R@100": R @ 100, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}


def per_query(gold: Sequence[Sequence[Hashable]], found: Sequence[Sequence[Hashable]]) -> list[dict[str, float]]:
    """The measures of each query: `gold[i]` are its right ids, `found[i]` the ids found, best first, each once.

    R@k is the share of the right ids among the first k; MRR@10 is 1 over the rank of the first right one, 0 beyond 10;
    nDCG@10 discounts a right id at rank r by log2(r + 1).
    """
    judged = [Qrel(str(query), str(right), 1) for query, rights in enumerate(gold) for right in rights]
    ranked = [
        ScoredDoc(str(query), str(each), -float(rank))
        for query, ids in enumerate(found)
        for rank, each in enumerate(dict.fromkeys(ids))
    ]
    names = {str(measure): name for name, measure in MEASURES.items()}
    values = [dict.fromkeys(MEASURES, 0.0) for _ in gold]
    for value in iter_calc(list(MEASURES.values()), judged, ranked):
        values[int(value.query_id)][names[str(value.measure)]] = float(value.value)
    return values


def mean(values: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each measure over the queries; zeros when there are none."""
    return {name: fmean(value[name] for value in values) if values else 0.0 for name in MEASURES}


def reciprocal_rank(rank: int | None) -> float:
    """1 / rank; 0 when nothing right was found."""
    return 1.0 / rank if rank else 0.0


def share(parts: Sequence[bool]) -> float | None:
    """The share of true ones; None when there are none to judge."""
    return sum(parts) / len(parts) if parts else None
