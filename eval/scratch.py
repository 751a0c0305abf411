"""Libraries that a measurement keeps for the next one: rebuilt when the model or the segmenter has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path

from eval.errors import EvalError
from index import IndexMismatch, Library
from index.intake import open_or_create


def folder_for(corpus: Path, work: Path, name: str) -> Path:
    """The folder below `work` for what is made of the bytes of `corpus`. Raises EvalError if there is no such file."""
    if not corpus.is_file():
        raise EvalError(f"{corpus}：没有这个文件")
    with corpus.open("rb") as file:
        return work / f"{name}-{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"


def current(folder: Path, model: str | None) -> Library:
    """The library in the folder with its indexes as this program would make them now; a new one is empty."""
    try:
        return Library.open(folder, model=model)
    except IndexMismatch:
        _rebuild(folder, model)
        return Library.open(folder, model=model)


def with_plans(folder: Path, model: str | None) -> Library:
    """The same for a library that begins with the two bundled plans."""
    try:
        return open_or_create(folder, model=model)
    except IndexMismatch:
        _rebuild(folder, model)
        return open_or_create(folder, model=model)


def _rebuild(folder: Path, model: str | None) -> None:
    library = Library.open(folder, model=model, matching=False)
    try:
        library.rebuild()
    finally:
        library.close()
