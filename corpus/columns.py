"""What the columns of a task table hold, told from their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum


class Column(Enum):
    SERIAL = "serial"
    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"
    INTERNAL = "internal"  # offices inside one of the units: 市卫健委内牵头处室
    PERSON = "person"
    DEADLINE = "deadline"
    OTHER = "other"


# In this order: a title is what its first match says.
_TITLES = (
    (Column.SERIAL, r"序号|编号|序列|No\.?|№"),
    (Column.PERSON, r".*(?:领导|责任人|负责人|联系人|联络员|经办人|电话|人员|签名|姓名)"),
    (Column.INTERNAL, r".*(?:处室|科室|股室|(?:局|委|厅|办|部|院|中心)内.*)"),
    (Column.DEADLINE, r".*(?:时限|期限|时间(?:节点|安排|要求)?|进度(?:安排|要求)?|节点)"),
    (Column.SUPPORT, r".*(?:配合|协办|协同|协助|参与|参加|支持).*|成员单位"),
    (Column.LEAD, r".*(?:牵头|主办|主责|第一责任).*"),
    (
        Column.RESPONSIBLE,
        r".*(?:责任|承办|实施|落实|负责|承担|主管|执行|完成|组织)(?:单位|部门|主体|机构|地区)?(?:（.*）)?",
    ),
    (Column.RESPONSIBLE, r"单位|部门|地区和单位"),
)
_UNIT_TITLE = re.compile(r"单位|部门|主体|机构|地区|牵头|配合|主办|协办|责任$")
_HEADING_WORD = re.compile(
    r".*(?:序号|编号|类别|任务|事项|内容|措施|目标|指标|项目|方向|单位|部门|时限|时间|期限|进度|节点|领导|责任人|负责人|联系人|电话"
    r"|备注|标准|来源|名称|要求|成果|依据|领域|处室|科室|地区|数量|金额|类型|级别|对象|条件|方式|环节|阶段|步骤|年份|分值|说明|主体"
    r"|举措|安排|工作|范围|得分|权重|含义|责任|牵头|配合|主办|协办|情况|地点|规模|专业|姓名|职务|类|栏)(?:[（(].*[）)])?"
)
_SERIAL = re.compile(r"[(（]?\d{1,4}[)）]?[.、．]?")
_NOTHING = re.compile(r"[/／\-—－无]*")
_UNITS = re.compile(
    r".{0,60}(?:局|委|办|厅|部|院|府|会|中心|公司|集团|单位|部门|银行|分行|中支|海关|区|县|市|镇|街道|学校|大学|处|科|室|队|社|站|所|组)"
    r"(?:等|负责|牵头|配合|按职责分工负责|[（(].*[）)])*"
)
_TIME = re.compile(r".*(?:\d|年|月|持续|长期|全年|立即|季度|适时|常态).*")


def column_of(title: str) -> Column:
    """The column's kind by its title, white space removed."""
    for column, pattern in _TITLES:
        if re.fullmatch(pattern, title):
            unit_column = column in (Column.LEAD, Column.SUPPORT, Column.RESPONSIBLE)
            return column if not unit_column or _UNIT_TITLE.search(title) else Column.OTHER
    return Column.OTHER


def columns_of(titles: Sequence[str]) -> tuple[Column, ...]:
    """The kinds of all columns; offices inside a unit count as units only where no column names units."""
    columns = tuple(column_of(title) for title in titles)
    if any(column in (Column.LEAD, Column.SUPPORT, Column.RESPONSIBLE) for column in columns):
        return columns
    return tuple(
        _as_unit(title) if column is Column.INTERNAL else column for column, title in zip(columns, titles, strict=True)
    )


def _as_unit(title: str) -> Column:
    if "配合" in title or "协" in title:
        return Column.SUPPORT
    return Column.LEAD if "牵头" in title or "主办" in title else Column.RESPONSIBLE


def is_header(words: Sequence[str]) -> bool:
    """Whether cells (white space removed) are column titles: all short, and at least two of them, or half, known."""
    filled = [word for word in words if word]
    if len(filled) < 2 or any(len(word) > 18 or re.search("[。；，]", word) for word in filled):
        return False
    known = sum(map(is_title, filled))
    return known >= 2 and known * 2 >= len(filled)


def is_title(words: str) -> bool:
    """Whether a cell (white space removed) reads like a column's title."""
    return len(words) <= 18 and _HEADING_WORD.fullmatch(words) is not None


def fit(column: Column, words: str) -> int:
    """How well a cell (white space removed) suits its column: positive well, negative badly, 0 no opinion."""
    if column is Column.SERIAL:
        return 2 if _SERIAL.fullmatch(words) else -2
    if column in (Column.LEAD, Column.SUPPORT, Column.RESPONSIBLE, Column.INTERNAL):
        return 1 if _NOTHING.fullmatch(words) or (len(words) < 120 and _UNITS.fullmatch(words[-60:])) else -1
    if column is Column.DEADLINE:
        return 1 if len(words) < 30 and _TIME.fullmatch(words) else -1
    return 0


def is_serial(words: str) -> bool:
    """Whether a cell holds a row's number: `12`, `3.`, `（4）`."""
    return _SERIAL.fullmatch(words) is not None
