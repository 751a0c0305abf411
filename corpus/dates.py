"""Calendar expressions and lengths of time: 2022年6月底, 2月24日, 年底, 二〇二五年, 30日, 三个工作日, “十四五”.

Offsets count characters of the text given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

_HAN = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_DATE = re.compile(
    r"(?=[\d〇○零一二三四五六七八九十今明本当次年月上下第])(?<![\d第.\-/])(?:"
    r"(?P<year>(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})\s?年(?:度(?!计划|预算|考核))?|(?P<named>今年|明年|本年度?|当年|次年)"
    r")?(?:\s?(?<!\d)(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月(?:份)?(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号])?)?"
    r"(?:\s?(?P<part>上半年|下半年|第?[一二三四1-4]季度[底末]?|[上中下]旬|(?:年|月)?[底末](?!期)|年中|初))?"
)
_MONTHS = {"十": 10, "十一": 11, "十二": 12} | {char: value for value, char in enumerate("零一二三四五六七八九")}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PLAN = re.compile(r"[“\"「]?十(?P<ordinal>[一二三四五六七])五[”\"」]?(?:规划)?(?:期间|时期|期末|末|期内)")
_LENGTH = re.compile(
    r"(?<![\d.第百千万])(?P<number>\d{1,3}|[一二两三四五六七八九十][一二三四五六七八九十百]{0,3}|半)\s?"
    r"(?:个)?(?P<unit>工作日|自然日|小时|分钟|季度|月|周(?![岁边一二三四五六日])|天|日|年)"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar expression. `year` None: the text does not say it. `month`, `day` None: not said, the last one is meant.

    `shift` is 1 for 明年. `ends`: 底, 末 or a quarter is written, so its last day is meant whatever follows.
    """

    start: int
    end: int
    year: int | None
    shift: int
    month: int | None
    day: int | None
    ends: bool

    def last_day(self, year: int | None) -> str | None:
        """The last day meant as ISO date, `year` being the year where the text has none; None if it cannot be known."""
        whole = self.year if self.year is not None else (year + self.shift if year is not None else None)
        if whole is None:
            return None
        month = self.month or 12
        last = monthrange(whole, month)[1]
        return f"{whole:04d}-{month:02d}-{min(self.day or last, last):02d}"


def dates(text: str) -> Iterator[Date]:
    """Calendar expressions in order: at least a year, a month or an end of year (年底)."""
    for match in _DATE.finditer(text):
        part = match["part"] or ""
        if (
            match["year"]
            or match["named"]
            or match["month"]
            or part in ("年底", "年末", "月底", "月末")
            or "季度" in part
        ):
            yield _built(match, part)


def plan_years(text: str) -> Iterator[tuple[int, int, int]]:
    """Five-year plans as (start, end, last year): “十四五”期间 ends 2025."""
    for match in _PLAN.finditer(text):
        yield match.start(), match.end(), 2025 + 5 * ("一二三四五六七".index(match["ordinal"]) - 3)


def lengths(text: str) -> Iterator[tuple[int, int, str]]:
    """Lengths of time as (start, end, unit): 30日, 三个工作日, 48小时, 半年."""
    for match in _LENGTH.finditer(text):
        yield match.start(), match.end(), match["unit"]


def _built(match: re.Match[str], part: str) -> Date:
    month = _MONTHS.get(match["month"] or "") or (int(match["month"]) if match["month"] else None)
    day = int(match["day"]) if match["day"] else None
    if "季度" in part:
        month = _QUARTERS[part.lstrip("第")[0]]
    elif part in ("上半年", "年中"):
        month = 6
    elif part == "初":
        month, day = month or 1, 10 if month else 31
    elif part.endswith("旬"):
        day = {"上": 10, "中": 20}.get(part[0])
    shift = 1 if match["named"] in ("明年", "次年") else 0
    return Date(
        match.start(),
        match.end(),
        _year(match["year"]),
        shift,
        month,
        day,
        "季度" in part or part.endswith(("底", "末")),
    )


def _year(written: str | None) -> int | None:
    return int("".join(_HAN.get(char, char) for char in written)) if written else None
