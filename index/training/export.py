"""The trained table becomes `index/model/`: 8-bit rows with a scale each, in the layout sentence-transformers reads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save
from tokenizers import Tokenizer

from index.lattice import Lattice
from index.training.parts import Parts
from index.training.teacher import Vectors

_MODULES = (
    ("", "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"),
    ("1_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
)


def quantise(table: Vectors, quiet: float) -> tuple[npt.NDArray[np.int8], Vectors]:
    """Rows as int8 and each row's scale: `row ≈ int8 * scale`. Rows shorter than `quiet` times the mean become silent."""
    lengths = np.linalg.norm(table, axis=1)
    scales = np.abs(table).max(axis=1) / 127
    scales[lengths < quiet * lengths.mean()] = 0
    codes = np.divide(table, scales[:, None], out=np.zeros_like(table), where=scales[:, None] > 0)
    return np.rint(codes).astype(np.int8), scales.astype(np.float32)


def write(
    folder: Path, table: Vectors, tokenizer: Tokenizer, lattice: Lattice, words: Parts, *, quiet: float = 0.02
) -> None:
    """Writes weights, tokenizer and the module list. The row scales are the `weights` of the model2vec layout.

    `words` are the parts of compounds that are words themselves (see `index.embedder.StaticEmbedder.parts`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    codes, scales = quantise(table, quiet)
    tensors = lattice.arrays()
    tensors["parts.tokens"], tensors["parts.starts"] = words.tokens, words.starts.astype(np.int32)
    tensors["embeddings"], tensors["weights"] = codes, scales
    (folder / "model.safetensors").write_bytes(save(tensors))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": place, "name": str(place), "path": path, "type": name} for place, (path, name) in enumerate(_MODULES)
    ]
    _write(folder / "modules.json", modules)
    _write(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": {"query": "", "document": ""}, "similarity_fn_name": "cosine"},
    )
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _write(folder / "1_Normalize" / "config.json", {})


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
