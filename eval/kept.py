"""Is any text lost: each non-blank character of a document lies in exactly one clause or heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus import SUFFIXES, Document, parse, plans, read
from eval.errors import EvalError


def report(folder: Path | None) -> dict[str, Any]:
    """Over the readable files of a folder, or the bundled plans: the share kept once, and the files that lose any."""
    paths = plans.paths() if folder is None else files_in(folder)
    rows = list(kept((path.name, parse(read(path.name, path.read_bytes()))) for path in paths))
    total = sum(row[1] for row in rows)
    return {
        "files": len(rows),
        "characters": total,
        "measures": {
            "once": sum(row[2] for row in rows) / total if total else 1.0,
            "twice": sum(row[3] for row in rows) / total if total else 0.0,
        },
        "wrong": [
            {"doc": row[0], "characters": row[1], "once": row[2], "twice": row[3]} for row in rows if row[1] != row[2]
        ],
    }


def files_in(folder: Path) -> list[Path]:
    """The readable files of a folder. Raises EvalError when there are none."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES) if folder.is_dir() else []
    if not found:
        raise EvalError(f"{folder}：没有可读的文件")
    return found


def kept(documents: Iterable[tuple[str, Document]]) -> Iterator[tuple[str, int, int, int]]:
    """For each document: its name, its non-blank characters, how many lie in exactly one clause or heading, in several."""
    for name, document in documents:
        covered = bytearray(len(document.text))
        spans = [(each.start, each.end) for each in document.clauses] + [
            (each.start, each.end) for each in document.headings
        ]
        for start, end in spans:
            for at in range(start, end):
                covered[at] = min(covered[at] + 1, 2)
        counts = Counter(covered[at] for at, char in enumerate(document.text) if not char.isspace())
        yield name, counts.total(), counts[1], counts[2]
