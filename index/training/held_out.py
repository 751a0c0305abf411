"""Questions that are kept out of training, asked of all articles and paragraphs: how runs are compared and chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder, Vectors
from index.training.data import Asked, Texts


def split(asked: Sequence[Asked], share: float = 0.07) -> tuple[list[Asked], list[Asked]]:
    """(for training, held out). All questions about one law fall on the same side."""

    def is_held(item: Asked) -> bool:
        name = item.law or item.text
        return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big") < share * 2**32

    return [a for a in asked if not is_held(a)], [a for a in asked if is_held(a)]


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions by kind and the passages they are asked of; question i of every kind is answered by passage `gold[i]`."""

    passages: list[str]
    kinds: dict[str, list[str]]
    gold: npt.NDArray[np.int64]


def prepare(texts: Texts, held: Sequence[Asked]) -> Questions:
    """Every article and paragraph that is trained on, and the held-out clauses that are not among them."""
    passages = [p.whole for p in (*texts.articles, *texts.paragraphs)]
    places = {p.text: place for place, p in enumerate((*texts.articles, *texts.paragraphs))}
    for item in held:
        if item.text not in places:
            places[item.text] = len(passages)
            passages.append(f"{item.title} {item.text}")
    kinds = {"zh": [a.zh for a in held], "keywords": [a.keywords for a in held], "en": [a.en for a in held]}
    return Questions(passages, kinds, np.array([places[a.text] for a in held], dtype=np.int64))


def figures(embedder: Embedder, questions: Questions) -> dict[str, list[float]]:
    """For each kind the share of questions whose own passage is among the nearest 1, 10 and 100: higher is better."""
    passages = embedder.passages(questions.passages)
    found = {}
    for kind, asked in questions.kinds.items():
        ranks = _ranks(np.stack([embedder.query(q) for q in asked]), passages, questions.gold)
        found[kind] = [float((ranks <= k).mean()) for k in (1, 10, 100)]
    return found


def _ranks(queries: Vectors, passages: Vectors, gold: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The place of each query's own passage, 1 is best; equal scores do not push it down."""
    scores = queries @ passages.T
    own = scores[np.arange(len(gold)), gold]
    ranks: npt.NDArray[np.int64] = (scores > own[:, None]).sum(axis=1) + 1
    return ranks
