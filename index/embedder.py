"""Texts become unit vectors: one protocol, the bundled static model, and any sentence-transformers model beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelUnavailable
from index.lattice import Lattice
from index.pretrained import load_pretrained

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

BUNDLED = Path(__file__).parent / "model"
_AT_ONCE = 256
_CHARACTERS_AT_ONCE = 16_384  # the search for tokens takes about a kilobyte for each
_PIECE = 2048  # characters of a text that are searched together


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
    with `embeddings` int8 (tokens, dimensions), `weights` float32 (tokens,), the rows' scales, and the arrays of
    `index.lattice.Lattice`, which finds a text's tokens as `tokenizer.json` beside it would.
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load

        weights = _read(folder / "model.safetensors")
        tensors = load(weights)
        self._codes: npt.NDArray[np.int8] = tensors["embeddings"]
        self._scales: Vectors = tensors["weights"]
        self.lattice = Lattice.of(tensors)
        self.fingerprint = f"static-{hashlib.blake2b(weights, digest_size=8).hexdigest()}"
        self.tokens, self.dimensions = map(int, self._codes.shape)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.passages`."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for batch in _batches(texts):
            self._add(vectors, batch)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def query(self, text: str) -> Vectors:
        """See `Embedder.query`."""
        row: Vectors = self.passages([text])[0]
        return row

    def _add(self, rows: Vectors, pieces: Sequence[tuple[int, str]]) -> None:
        """Adds the token vectors of each piece to the row of its text."""
        ids, ends = self.lattice.cut([piece for _, piece in pieces])
        ids = ids[(spoken := self._scales[ids] != 0)]
        scales = self._scales[ids]
        ends = np.concatenate(([0], np.cumsum(spoken)))[ends]
        first = 0
        for (row, _), end in zip(pieces, ends.tolist(), strict=True):
            rows[row] += np.dot(scales[first:end], self._codes[ids[first:end]].astype(np.float32))
            first = end


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


def _batches(texts: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """All texts in pieces, each with the number of its text, as many together as the search for tokens may hold."""
    batch: list[tuple[int, str]] = []
    characters = 0
    for number, text in enumerate(texts):
        for piece in _pieces(text):
            if batch and (len(batch) == _AT_ONCE or characters + len(piece) > _CHARACTERS_AT_ONCE):
                yield batch
                batch, characters = [], 0
            batch.append((number, piece))
            characters += len(piece)
    if batch:
        yield batch


def _pieces(text: str) -> Iterator[str]:
    """A text of ordinary length whole, a longer one cut after punctuation or a blank where it has any."""
    first = 0
    while len(text) - first > _PIECE:
        window = text[first : first + _PIECE]
        end = 1 + max(map(window.rfind, "。；;，,！？!?\n")) or 1 + window.rfind(" ") or _PIECE
        yield window[:end]
        first += end
    yield text[first:]


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
