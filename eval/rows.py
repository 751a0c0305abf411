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
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise EvalError(f"{path} 第 {number} 行：不是 JSON（{error.msg}）") from error
            if not isinstance(row, dict):
                raise EvalError(f"{path} 第 {number} 行：应当是一个 JSON 对象")
            yield number, row
