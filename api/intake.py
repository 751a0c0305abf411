"""Adding files, from the command line and over HTTP: the good ones are added, each bad one is named with its reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.errors import parted
from corpus import CorpusError
from index import Library
from index.intake import add_bytes, add_paths, list_files, other_files
from index.records import Added, Refused


class NothingAdded(CorpusError):
    """None of the files could be added."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the files that were given."""

    added: Sequence[Added]
    refused: Sequence[Refused]

    def as_json(self) -> dict[str, Any]:
        return {
            "added": [dataclasses.asdict(added) for added in self.added],
            "refused": [dataclasses.asdict(refused) for refused in self.refused],
        }

    def refusal(self) -> NothingAdded:
        """All the reasons, then all the advice."""
        reasons = [(refused.source, *parted(refused.reason)) for refused in self.refused]
        said = "；".join(f"{source}：{reason}" for source, reason, _ in reasons)
        advice = "；".join(dict.fromkeys(advice.rstrip("。") for *_, advice in reasons if advice))
        return NothingAdded(f"{said}。{advice}" if advice else said)


def add_uploads(library: Library, files: Iterable[tuple[str, bytes]]) -> Intake:
    """Adds files given as (name, bytes), one transaction each."""
    added: list[Added] = []
    refused: list[Refused] = []
    for name, data in files:
        try:
            added.append(add_bytes(library, name, data))
        except CorpusError as error:
            refused.append(_plain(Refused(name, str(error))))
    return Intake(added, refused)


@dataclass(frozen=True, slots=True)
class Found:
    """The files behind the paths that were given, the paths behind which there is none, and what folders hold besides."""

    files: Sequence[Path]
    refused: Sequence[Refused]
    others: Sequence[str] = ()


def find(paths: Iterable[Path]) -> Found:
    """Looks for readable files, so that their number is known before the first is read."""
    files: list[Path] = []
    refused: list[Refused] = []
    others: list[str] = []
    for path in paths:
        try:
            files += list_files([path])
            others += other_files([path])
        except (FileNotFoundError, CorpusError) as error:
            refused.append(Refused(str(path), str(error)))
    return Found(list(dict.fromkeys(files)), refused, others)


def add_found(library: Library, found: Found, progress: Callable[[int], None]) -> Intake:
    """Adds the files that were found; what was not found stays refused."""
    added, refused = add_paths(library, found.files, progress)
    return Intake(added, [*found.refused, *map(_plain, refused)])


def _plain(refused: Refused) -> Refused:
    """With a reason that does not begin with the file's name, which is said beside it."""
    return dataclasses.replace(refused, reason=refused.reason.removeprefix(f"{refused.source}："))
