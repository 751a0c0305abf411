"""Libraries that a measurement keeps for the next one: rebuilt when the model or the segmenter has changed since."""

from __future__ import annotations

from pathlib import Path

from index import IndexMismatch, Library
from index.intake import open_or_create


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
