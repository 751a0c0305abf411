"""The duty register as JSON and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from api.wording import CHINESE
from index.records import StoredDuty
from search.model import document_json

COLUMNS = {"文件": 36, "条款": 36, "单位": 24, "角色": 8, "原文": 80}
CELL_LIMIT = 32767  # characters that a spreadsheet cell may hold


def as_json(duties: Sequence[StoredDuty]) -> dict[str, Any]:
    """The object of `duties --json`; the offsets count characters of the document's text."""
    return {"duties": [duty_json(each) for each in duties]}


def duty_json(each: StoredDuty) -> dict[str, Any]:
    clause = each.clause.clause
    place = {"id": each.clause.id, "path": list(clause.path), "text": clause.text}
    return {
        "unit": each.duty.unit,
        "role": each.duty.role,
        "start": each.duty.start,
        "end": each.duty.end,
        "inherited": each.duty.inherited,
        "document": document_json(each.document),
        "clause": place | {"start": clause.start, "end": clause.end},
    }


def write_xlsx(duties: Sequence[StoredDuty], path: Path) -> None:
    """One row per duty. Every cell is text: a clause that begins with `=` is no formula. Raises CannotWrite."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    from api.errors import CannotWrite

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "职责清单"
    for at, (title, width) in enumerate(COLUMNS.items(), start=1):
        sheet.cell(row=1, column=at, value=title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, each in enumerate(duties, start=2):
        for at, value in enumerate(_row(each), start=1):
            cell = sheet.cell(row=row, column=at)
            cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:E{len(duties) + 1}"
    try:
        book.save(path)
    except OSError as error:
        raise CannotWrite(f"不能写入 {path}：{error.strerror}") from error


def _row(each: StoredDuty) -> tuple[str, ...]:
    clause = each.clause.clause
    values = (
        each.document.title,
        " › ".join(clause.path),
        each.duty.unit,
        CHINESE.roles[each.duty.role],
        clause.text,
    )
    return tuple(_printable(value)[:CELL_LIMIT] for value in values)


def _printable(value: str) -> str:
    """Without the control characters that a spreadsheet may not hold."""
    return "".join(mark for mark in value if mark in "\t\n" or ord(mark) >= 32)
