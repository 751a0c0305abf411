"""Files become documents in a library: the good ones are added, each bad one is named with its reason."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus import SUFFIXES, CorpusError, Document, parse, plans, read

from .library import Library
from .records import Added, Refused

_CLAUSES_AT_ONCE = 5000
_SHOWN = 200  # characters of a path in a message


def open_or_create(folder: Path, *, model: str | None = None, matching: bool = True) -> Library:
    """The library in the folder; a new one gets the two bundled plans, and so does one whose first run was interrupted."""
    library = Library.open(folder, model=model, matching=matching, seeding=True)
    seed(library)
    return library


def seed(library: Library) -> bool:
    """Adds the two bundled plans to a library that was made with `seeding` and has not got both; True if it did."""
    if not library.is_seeding():
        return False
    for path in plans.paths():
        add_bytes(library, path.name, path.read_bytes())
    library.end_seeding()
    return True


def add_bytes(library: Library, name: str, data: bytes) -> Added:
    """Adds one file. Raises CorpusError if it cannot be read or indexed; nothing is changed then."""
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
            parsed = _parsed(path.name, path.read_bytes())
            library.require_indexable(*parsed)
            waiting.append(parsed)
        except CorpusError as error:
            refused.append(Refused(_shown(path.name), str(error)))
        except OSError as error:
            refused.append(Refused(_shown(path.name), f"不能读取 {_shown(path)}：{error.strerror}"))
        if done == len(files) or sum(len(document.clauses) for document, _ in waiting) >= _CLAUSES_AT_ONCE:
            added += library.add(waiting)
            waiting.clear()
        if progress is not None:
            progress(done)
    return added, refused


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: each file that is named, and in a folder, at any depth, those with a readable suffix.

    Raises FileNotFoundError if a path does not exist or cannot be looked at, CorpusError if a folder holds no readable file.
    """
    found: list[Path] = []
    for path in paths:
        try:
            found += _files_at(path)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise FileNotFoundError(f"不能打开 {_shown(path)}（{error.strerror}）。请检查路径和权限。") from error
    return list(dict.fromkeys(found))


def other_files(paths: Iterable[Path]) -> list[str]:
    """The names of the files in these folders, hidden ones aside, that `list_files` passes over for their suffix."""
    inside = (each for path in paths if path.is_dir() for each in sorted(path.rglob("*")) if each.is_file())
    return [_shown(each.name) for each in inside if each.suffix.lower() not in SUFFIXES and each.name[0] != "."]


def source_name(name: str) -> str:
    """A file's name as it is kept: one that is not UTF-8 is read as GB18030, and what only steers a terminal goes.

    Raises CorpusError if the name is in neither encoding.
    """
    try:
        return _without_controls(_decoded(name))
    except UnicodeError as error:
        raise CorpusError(f"{_shown(name)}：文件名有误（不是 UTF-8 也不是 GB18030）。请改名后再添加。") from error


def _files_at(path: Path) -> list[Path]:
    if not path.exists():
        raise FileNotFoundError(f"没有这个文件或文件夹：{_shown(path)}")
    if not path.is_dir():
        return [path]
    inside = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in SUFFIXES)
    if not inside:
        raise CorpusError(f"文件夹 {_shown(path)} 里没有可读的文件（可读：{'、'.join(sorted(SUFFIXES))}）")
    return inside


def _parsed(name: str, data: bytes) -> tuple[Document, str]:
    return parse(read(source_name(name), data)), hashlib.sha256(data).hexdigest()


def _decoded(name: str) -> str:
    """The name itself, or read as GB18030 if its bytes are not UTF-8. Raises UnicodeError."""
    return os.fsencode(name).decode("gb18030") if any("\ud800" <= char <= "\udfff" for char in name) else name


def _without_controls(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] != "C")


def _shown(path: str | Path) -> str:
    """A name or path for a message, in characters that any output takes."""
    try:
        text = str(Path(*map(_decoded, Path(path).parts)))
    except UnicodeError:
        text = str(path).encode("utf-8", "backslashreplace").decode()
    return _without_controls(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
