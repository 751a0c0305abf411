"""Files become documents in a library: the good ones are added, each bad one is named with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus import SUFFIXES, CorpusError, Document, parse, plans, read

from .library import Library
from .records import Added, Refused

_CLAUSES_AT_ONCE = 5000


def open_or_create(folder: Path, *, model: str | None = None, matching: bool = True) -> Library:
    """The library in the folder; one that holds nothing and never did gets the two bundled plans."""
    library = Library.open(folder, model=model, matching=matching)
    if library.version() == 0:
        for path in plans.paths():
            add_bytes(library, path.name, path.read_bytes())
    return library


def add_bytes(library: Library, name: str, data: bytes) -> Added:
    """Adds one file. Raises CorpusError if it cannot be read; nothing is changed then."""
    (added,) = library.add([_parsed(name, data)])
    return added


def add_paths(
    library: Library, paths: Iterable[Path], progress: Callable[[int], None] | None = None
) -> tuple[list[Added], list[Refused]]:
    """Adds files, and the readable files of folders. `progress` is called with the number of files done.

    Raises FileNotFoundError before anything is added if a path does not exist.
    """
    files = list_files(paths)
    added: list[Added] = []
    refused: list[Refused] = []
    waiting: list[tuple[Document, str]] = []
    for done, path in enumerate(files, 1):
        try:
            waiting.append(_parsed(path.name, path.read_bytes()))
        except CorpusError as error:
            refused.append(Refused(path.name, str(error)))
        except OSError as error:
            refused.append(Refused(path.name, f"不能读取 {path}：{error.strerror}"))
        if done == len(files) or sum(len(document.clauses) for document, _ in waiting) >= _CLAUSES_AT_ONCE:
            added += library.add(waiting)
            waiting.clear()
        if progress is not None:
            progress(done)
    return added, refused


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: each file that is named, and in a folder, at any depth, those with a readable suffix.

    Raises FileNotFoundError if a path does not exist, CorpusError if a folder holds no readable file.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"没有这个文件或文件夹：{path}")
        inside = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in SUFFIXES)
        if path.is_dir() and not inside:
            raise CorpusError(f"文件夹 {path} 里没有可读的文件（可读：{'、'.join(sorted(SUFFIXES))}）")
        found += inside if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _parsed(name: str, data: bytes) -> tuple[Document, str]:
    return parse(read(name, data)), hashlib.sha256(data).hexdigest()
