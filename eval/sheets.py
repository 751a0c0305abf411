"""Questions in a spreadsheet, CSV or XLSX, become the rows that a JSONL file would hold.

The first row that names a 问题 column is the header; a title above it, further columns and blank rows are passed over.
How a cell is read, and which headings are known, stands in `eval.cells`.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import CorpusError
from corpus.readers.encoding import decoded
from eval.cells import ASKED, NEEDED, column_of, row_of
from eval.errors import EvalError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_WITHIN = 10  # rows that are looked at for the header
_DELIMITERS = ",;\t"
_LAYOUT = "第一行应当写“问题、文件、条款开头、责任单位”"

Cells = list[str]


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows with their numbers as Excel counts them, from 1: UTF-8, UTF-16 or GB18030; commas, semicolons or tabs.

    Raises EvalError.
    """
    try:
        text = decoded(str(path), _bytes(path))
    except CorpusError as error:
        raise EvalError(str(error).replace("再添加", "再试")) from error
    rows = list(_lines(text, path, _delimiter(text)))
    return _labels(rows, str(path))


def read_xlsx(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of the first sheet that has a 问题 column, a merged cell's value in each row it covers. Raises EvalError."""
    from openpyxl import load_workbook

    _bytes(path)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")  # of what it will not keep when it saves; nothing is saved
        try:
            book = load_workbook(path)
        except MemoryError:
            raise
        except Exception as error:  # whatever a damaged file sets off in zipfile, zlib, the XML parser or openpyxl
            raise EvalError(
                f"{path}：打不开这个工作簿（不是 .xlsx，或已损坏、加了密码）。请用 Excel 另存为“Excel 工作簿 (.xlsx)”再试。"
            ) from error
    for sheet in book.worksheets:
        rows = _cells(sheet)
        if _header_at(rows) is not None:
            return _labels(rows, f"{path} 工作表“{sheet.title}”")
    raise EvalError(f"{path}：{len(book.worksheets)} 个工作表里都没有“问题”这一列；{_LAYOUT}")


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise EvalError(f"{path}：没有这个文件")
    return path.read_bytes()


def _delimiter(text: str) -> str:
    """The delimiter under which the header names most known columns; a comma when none does."""

    def known(delimiter: str) -> int:
        head = islice(csv.reader(io.StringIO(text), delimiter=delimiter), HEADER_WITHIN)
        try:
            return max((sum(column_of(cell) is not None for cell in row) for row in head), default=0)
        except csv.Error:  # a cell too long; where it stands is said when the rows are read
            return 0

    return max(_DELIMITERS, key=known)


def _lines(text: str, path: Path, delimiter: str) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    read = 0
    try:
        for row in reader:
            read += 1
            yield row
    except csv.Error as error:
        raise EvalError(
            f"{path} 第 {read + 1} 行：引号没有配对，或一格太长（{error}）。请在 Excel 里打开改好，另存为 CSV 再试。"
        ) from error


def _cells(sheet: Worksheet) -> list[Cells]:
    rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
    for area in sheet.merged_cells.ranges:
        for row, column in area.cells:
            rows[row - 1][column - 1] = rows[area.min_row - 1][area.min_col - 1]
    return rows


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _header_at(rows: Iterable[Cells]) -> int | None:
    for at, row in zip(range(HEADER_WITHIN), rows, strict=False):
        if ASKED in map(column_of, row):
            return at
    return None


def _labels(rows: list[Cells], where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows below the header that are not blank, under the English names."""
    at = _header_at(rows)
    if at is None:
        seen = next((row for row in rows if any(map(str.strip, row))), [])
        raise EvalError(f"{where}：没有“问题”这一列；{_LAYOUT}，现在是“{'、'.join(seen)}”")
    columns = _columns(rows[at], where)
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        row = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
        formula = next((cell for cell in row.values() if cell.startswith("=")), None)
        if formula is not None:
            raise EvalError(f"{where} 第 {number} 行：有公式 {formula}。请复制后“选择性粘贴”为数值再试。")
        if any(row.values()):
            yield number, row_of(row, f"{where} 第 {number} 行")


def _columns(header: Cells, where: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, heading in enumerate(header):
        name = column_of(heading)
        if name in columns:
            raise EvalError(
                f"{where}：“{header[columns[name]].strip()}”和“{heading.strip()}”是同一列的两个名字；请只留一列"
            )
        if name is not None:
            columns[name] = place
    missing = [heading for heading, name in NEEDED.items() if name not in columns]
    if missing:
        raise EvalError(
            f"{where}：缺少“{'”“'.join(missing)}”列；{_LAYOUT}（没有文件能回答的问题，文件和条款开头两格留空）"
        )
    return columns
