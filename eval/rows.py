"""Files of JSON lines, gzipped or not."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.errors import EvalError


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file with their line numbers, from 1; blank lines are skipped. Raises EvalError."""
    if not path.is_file():
        raise EvalError(f"{path}：没有这个文件")
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _object(line.removeprefix("\ufeff"), f"{path} 第 {number} 行")
    except UnicodeDecodeError as error:
        raise EvalError(f"{path}：第 {number} 行之后不是 UTF-8。请另存为 UTF-8 再试。") from error


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvalError(f"{where}：不是 JSON（{error.msg}）") from error
    if not isinstance(row, dict):
        raise EvalError(f"{where}：应当是一个 JSON 对象")
    return row
