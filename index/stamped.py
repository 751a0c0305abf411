"""A projection's folder: data in numbered subfolders, and one small file that says which of them counts and up to when."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

_FILE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """`stamp` says what the data was made with, `applied` the last change in it, `epoch` the subfolder that holds it.

    The rest belongs to the dense projection: `rows` that count, how many of them are `coded`, and the `dead` documents,
    whose rows do not count any more.
    """

    stamp: str
    applied: int
    epoch: int
    rows: int = 0
    coded: int = 0
    dead: list[int] = field(default_factory=list)


def read_state(folder: Path, stamp: str) -> State | None:
    """The state on disk, or None if there is none, it is damaged, or it was made with something else."""
    try:
        state = State(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return state if state.stamp == stamp and (folder / str(state.epoch)).is_dir() else None


def write_state(folder: Path, state: State) -> None:
    """Makes the state count, at once or not at all, and drops the data of earlier epochs."""
    fresh = folder / f"{_FILE}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / _FILE)
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != str(state.epoch):
            shutil.rmtree(entry, ignore_errors=True)


def drop_state(folder: Path) -> None:
    """Lets the data in the folder count no longer, so that it is made again."""
    (folder / _FILE).unlink(missing_ok=True)


def new_epoch(folder: Path) -> int:
    """An empty subfolder beside the one that counts; what an interrupted run left there goes."""
    used = [int(entry.name) for entry in folder.iterdir() if entry.name.isdecimal()] if folder.is_dir() else []
    epoch = max(used, default=0) + 1
    (folder / str(epoch)).mkdir(parents=True)
    return epoch
