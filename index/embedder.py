"""Texts become unit vectors: one protocol, the bundled static model, and any sentence-transformers model beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelUnavailable
from index.lattice import Ints, Lattice, Longs
from index.pretrained import load_pretrained

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

BUNDLED = Path(__file__).parent / "model"
_CUT_AT_ONCE = 1024
_READ_AT_ONCE = 2048  # tokens: few enough for their vectors to stay in the processor's cache


class Embedder(Protocol):
    """`fingerprint` changes whenever the same text could get another vector; libraries are stamped with it."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, shape (len(texts), dimensions), float32; no texts give shape (0, dimensions).

        A text without a known word is the zero vector: it is near to nothing.
        """
        ...

    def query(self, text: str) -> Vectors:
        """A unit vector, shape (dimensions,), float32, with the model's own query prompt if it has one."""
        ...


def load_embedder(model: str | None = None) -> Embedder:
    """The bundled model, or the sentence-transformers model of that name or folder.

    Raises ModelUnavailable if it cannot be loaded from this machine: nothing is ever downloaded.
    """
    return StaticEmbedder(BUNDLED) if model is None else SentenceTransformerEmbedder(model)


class StaticEmbedder:
    """A vector for each token, and a text is their sum made unit length. Needs numpy and safetensors only.

    Reads a folder that `index.training` wrote, the same that `SentenceTransformer(folder)` reads: `model.safetensors`
    with `embeddings` int8 (tokens, dimensions), `weights` float32 (tokens,), the rows' scales, `parts.tokens` and
    `parts.starts`, the words that compounds are made of, and the arrays of `index.lattice.Lattice`, which finds a text's
    tokens as `tokenizer.json` beside it would.
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load

        weights = _read(folder / "model.safetensors")
        tensors = load(weights)
        self._codes: npt.NDArray[np.int8] = tensors["embeddings"]
        self._scales: Vectors = tensors["weights"]
        self._parts, self._starts = tensors["parts.tokens"], tensors["parts.starts"]
        self.lattice = Lattice.of(tensors)
        self.fingerprint = f"static-{hashlib.blake2b(weights, digest_size=8).hexdigest()}"
        self.tokens, self.dimensions = map(int, self._codes.shape)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.passages`."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for first in range(0, len(texts), _CUT_AT_ONCE):
            ids, ends = self.cut(texts[first : first + _CUT_AT_ONCE])
            self._sum(ids, ends, vectors[first : first + len(ends)])
        return unit(vectors)

    def query(self, text: str) -> Vectors:
        """See `Embedder.query`."""
        row: Vectors = self.passages([text])[0]
        return row

    def cut(self, texts: Sequence[str]) -> tuple[Ints, Longs]:
        """All texts' tokens that have a vector, end to end, and where each text's tokens end."""
        ids, ends = self.lattice.cut(texts)
        spoken = self._scales[ids] != 0
        return ids[spoken], np.concatenate(([0], np.cumsum(spoken)))[ends]

    def _sum(self, ids: Ints, ends: Longs, into: Vectors) -> None:
        """Adds the vectors of each text's tokens to its row."""
        begins = np.concatenate(([0], ends[:-1]))
        for first, numbers in self._read_rows(ids):
            end = first + len(numbers)
            scales = self._scales[ids[first:end]]
            row, last = np.searchsorted(ends, first, side="right"), np.searchsorted(begins, end, side="left")
            edges = np.clip([*begins[row:last].tolist(), end], first, end) - first
            for vector, (start, stop) in zip(into[row:last], pairwise(edges.tolist()), strict=True):
                vector += scales[start:stop] @ numbers[start:stop]

    def cosines(self, ids: Ints, asked: Vectors) -> Vectors:
        """The cosine of each token's own vector with each unit row of `asked`, float32 (len(ids), len(asked))."""
        near = np.empty((len(ids), len(asked)), dtype=np.float32)
        for first, numbers in self._read_rows(ids):
            lengths = np.sqrt(np.einsum("ij,ij->i", numbers, numbers))
            near[first : first + len(numbers)] = numbers @ asked.T / np.maximum(lengths, 1)[:, None]
        return near

    def _read_rows(self, ids: Ints) -> Iterator[tuple[int, Vectors]]:
        """The tokens' rows without their scales, some at a time: where these begin in `ids`, and the rows, float32.

        The memory is used again for the next ones: new memory costs more than the sums.
        """
        most = min(_READ_AT_ONCE, len(ids))
        codes = np.empty((most, self.dimensions), dtype=np.int8)
        numbers = np.empty((most, self.dimensions), dtype=np.float32)
        for first in range(0, len(ids), _READ_AT_ONCE):
            own = ids[first : first + _READ_AT_ONCE]
            np.take(self._codes, own, axis=0, out=codes[: len(own)], mode="clip")
            np.copyto(numbers[: len(own)], codes[: len(own)])
            yield first, numbers[: len(own)]

    def rows(self, ids: Ints) -> Vectors:
        """The tokens' own vectors, float32 (len(ids), dimensions); the longer, the more a token counts."""
        return np.asarray(self._codes[ids].astype(np.float32) * self._scales[ids][:, None])

    def parts(self, ids: Ints) -> tuple[Ints, Longs]:
        """The words that each token is made of, end to end, none for most, and where each token's words end."""
        counts = self._starts[ids + 1] - self._starts[ids]
        ends = np.cumsum(counts, dtype=np.int64)
        places = np.repeat(self._starts[ids] - (ends - counts), counts) + np.arange(counts.sum())
        return self._parts[places], ends


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by a name that is already on this machine or by folder."""

    def __init__(self, model: str) -> None:
        self._model: SentenceTransformer = load_pretrained(model, "SentenceTransformer")
        self.dimensions = int(self._encode(["负责"], ()).shape[1])  # not every model states it
        self.fingerprint = f"sentence-transformers-{_digest(self._model)}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.passages`. Uses the model's passage prompt (`document`, `passage` or `corpus`) if it has one."""
        return self._encode(texts, ("document", "passage", "corpus"))

    def query(self, text: str) -> Vectors:
        """See `Embedder.query`. Uses the model's prompt `query`."""
        row: Vectors = self._encode([text], ("query",))[0]
        return row

    def _encode(self, texts: Sequence[str], prompts: tuple[str, ...]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        prompt = next((p for p in (self._model.prompts.get(name) for name in prompts) if p), "")
        vectors = self._model.encode(
            list(texts), prompt=prompt, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def unit(rows: Vectors) -> Vectors:
    """The rows made unit length, in place; a row of zeros stays zero."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    np.divide(rows, lengths, out=rows, where=lengths > 0)
    return rows


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise ModelUnavailable(
            f"{path}：这里没有向量模型（缺这个文件）。请重新安装本程序，或用 --model 指定别的模型的文件夹。"
        )
    return path.read_bytes()


def _digest(model: SentenceTransformer) -> str:
    """Hash of the modules, their settings, prompts and all weights."""
    described: dict[str, Any] = {"modules": str(model), "prompts": model.prompts, "length": str(model.max_seq_length)}
    import torch

    digest = hashlib.sha256(json.dumps(described, sort_keys=True).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().contiguous().view(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()[:16]
