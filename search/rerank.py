"""Re-ordering by a cross-encoder: a model that reads question and clause together, for the first clauses of the usual order.

    score' = score + REACH · (m − least m) / (most m − least m)
with m the model's own scores of the clauses that are re-ordered. The scale of m differs from model to model and is known
for none, hence the min-max (a convex combination as in Bruch et al., An Analysis of Fusion Functions for Hybrid
Retrieval, 2023, times a constant). The first order stays in it because it knows what the model is not shown: whether the
clause says who, how many or by when. A model that likes all clauses alike changes nothing.

Only the order changes. Coverage, cosine and quote stay as they were found, and with them the confidence in the clause
that comes first, which is calibrated on that evidence and not on any model's scores.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.passages import context, topic_text
from index.pretrained import load_pretrained
from index.records import StoredClause, StoredDocument

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

    from .rank import Ranked

RERANKED = 30
REACH = 1.0  # more than the usual lead of the first over the second (0.65 at the median), less than over the last (1.7)
READ = 1000  # characters of a clause that are shown to the model; most models read about half as many
_AT_ONCE = 8  # pairs of about the same length: more are slower on a processor, for they are filled up to the longest


class Reranker(Protocol):
    """Judges how well texts answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """A score for each text, shape (len(texts),), float32, on any scale; higher is better."""
        ...


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder with one score, by a name that is already on this machine or by folder.

    Safe to share between threads, which take turns: one alone keeps all cores busy. Raises ModelUnavailable.
    """

    def __init__(self, model: str) -> None:
        self._model: CrossEncoder = load_pretrained(model, "CrossEncoder")
        self._name = model
        self._turn = threading.Lock()
        if self._model.num_labels != 1:
            raise ModelUnavailable(
                f"{model}：这个模型给每对文字 {self._model.num_labels} 个分数，排序只能用一个。"
                "请换一个只给一个分数（num_labels 为 1）的重排模型，用 --reranker 指定。"
            )

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Reranker.scores`. The model's raw output: a sigmoid on it would make one score of all that are sure."""
        from torch.nn import Identity

        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, text) for text in texts]
        with self._turn:
            found = self._model.predict(
                pairs, batch_size=_AT_ONCE, activation_fn=Identity(), show_progress_bar=False, convert_to_numpy=True
            )
        if not np.isfinite(found).all():
            raise ModelUnavailable(f"{self._name}：这个重排模型给出的分数里有不是数的。请换一个重排模型，或不用它。")
        return np.asarray(found, dtype=np.float32)


def load_reranker(model: str | None) -> Reranker | None:
    """The CrossEncoder of that name or folder, None for none. Raises ModelUnavailable: nothing is ever downloaded."""
    return None if model is None else CrossEncoderReranker(model)


def rescored(
    reranker: Reranker, question: str, ranked: Sequence[Ranked], held: Mapping[str, StoredDocument]
) -> list[Ranked]:
    """The clauses with their new scores, in the order given; `question` as it was asked, `held` their documents by id."""
    texts = [shown(each.stored, held[each.stored.document_id].title) for each in ranked]
    own = reranker.scores(question, texts)
    width = float(np.ptp(own)) if len(own) else 0.0
    if width == 0.0:
        return list(ranked)
    lifts = REACH * (own - own.min()) / width
    return [replace(each, score=each.score + float(lift)) for each, lift in zip(ranked, lifts, strict=True)]


def shown(stored: StoredClause, title: str) -> str:
    """What the model is shown of a clause: the document's short title, the headings, the text without duty statements."""
    return f"{context(title, stored.clause)}\n{topic_text(stored.clause)}"[:READ]
