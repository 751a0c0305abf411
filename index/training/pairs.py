"""Pairs that belong together, as token ids. Within a batch every other right side is a wrong answer for a left side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from index.lattice import Lattice
from index.training.data import Asked, Passage, Texts
from index.training.glosses import literal

Ids = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]
_SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")


@dataclass(frozen=True, slots=True)
class Ragged:
    """Texts as token ids: text i is `ids[starts[i]:starts[i + 1]]`."""

    ids: Ids
    starts: Rows

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: Rows, longest: int, rng: np.random.Generator) -> tuple[Ids, Rows]:
        """The ids of these texts end to end and where each begins; of a longer text, `longest` ids from a random place."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        kept = np.minimum(lengths, longest)
        first = self.starts[rows] + (rng.random(len(rows)) * (lengths - kept + 1)).astype(np.int64)
        begins = np.concatenate(([0], np.cumsum(kept)[:-1]))
        return self.ids[np.repeat(first - begins, kept) + np.arange(kept.sum())], begins


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pair i may take any of `lefts` rows i·n … i·n+n-1, and likewise on the right. Pairs of one group are no negatives."""

    name: str
    batch: int
    lefts: Ragged
    rights: Ragged
    groups: Rows

    @staticmethod
    def numbers(groups: Iterable[str]) -> Rows:
        """A number for each group, equal for equal names."""
        return np.array([_number(group) for group in groups], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.groups)

    def sides(self, rows: Rows, rng: np.random.Generator) -> tuple[Rows, Rows]:
        """One alternative of each side, at random."""
        left, right = len(self.lefts) // len(self), len(self.rights) // len(self)
        return rows * left + rng.integers(left, size=len(rows)), rows * right + rng.integers(right, size=len(rows))


def encode(lattice: Lattice, texts: Sequence[str]) -> Ragged:
    """Token ids without the unknown token."""
    ids, ends = lattice.cut(texts)
    return Ragged(ids, np.concatenate(([0], ends)))


def sources(texts: Texts, lattice: Lattice, seed: int) -> list[Pairs]:
    """Every kind of pair that the model learns from."""
    rng = np.random.default_rng(seed)

    def make(name: str, batch: int, rows: Iterable[tuple[list[str], list[str], str]]) -> Pairs:
        lefts, rights, groups = zip(*rows, strict=True)
        return Pairs(
            name,
            batch,
            encode(lattice, list(chain.from_iterable(lefts))),
            encode(lattice, list(chain.from_iterable(rights))),
            Pairs.numbers(groups),
        )

    passages = [*texts.articles, *texts.paragraphs]
    asked = [*texts.asked, *texts.clauses]
    return [
        make("translations", 1024, (([zh], [en], zh) for zh, en in texts.sentences)),
        make("titles", 512, (([f"{p.title} {p.heading}"], [p.text], p.title) for p in passages if p.title)),
        make("sentences", 768, _cut(passages, rng)),
        make("lay", 256, (([query], [answer], answer) for query, answer in texts.lay)),
        make(
            "entries",
            768,
            (([w], ["; ".join(defs), literal(w, texts.entries)], w) for w, defs in texts.entries.items()),
        ),
        make("asked", 1536, ((_ways(a), [f"{a.title} {a.text}".strip(), a.text], a.text) for a in asked)),
        make("wordings", 384, (([a.zh, a.en], [a.again or a.keywords, a.keywords, a.en], a.text) for a in asked)),
    ]


def _ways(asked: Asked) -> list[str]:
    """Four ways to ask for a clause: everyday words count for half."""
    return [asked.zh, asked.again or asked.zh, asked.keywords, asked.en]


def _number(group: str) -> int:
    return int.from_bytes(hashlib.blake2b(group.encode(), digest_size=7).digest(), "big")


def _cut(passages: Sequence[Passage], rng: np.random.Generator) -> Iterator[tuple[list[str], list[str], str]]:
    """One sentence of a paragraph against the rest of it."""
    for passage in passages:
        parts = _SENTENCE.findall(passage.text)
        if len(parts) < 2:
            continue
        chosen = int(rng.integers(len(parts)))
        rest = "".join(parts[:chosen] + parts[chosen + 1 :])
        if len(parts[chosen]) >= 8 and len(rest) >= 8:
            yield [parts[chosen]], [rest], passage.text
