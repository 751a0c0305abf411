"""Deadlines: 到2023年, 2022年6月底前, 延长至2月24日, 自印发之日起30日内, “十四五”期间, 完成时限：持续推进.

A date alone is no deadline; a word before it (到, 延长至), a word after it (前) or a label must say so. Dates inside titles
(《…2021—2023年…》) and dates before the document itself are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates import Date, dates, lengths, plan_years
from corpus.folding import Folded, fold, unwrapped
from corpus.model import Deadline

_LABEL = re.compile(
    r"(?:完成|办理|办结|整改|推进|实施|责任|落实|工作)?(?:时限|期限|时间节点|完成时间|时间)(?:要求)?\)?:\s?(?P<value>[^。;,\n)|]{1,40})"
)
_STANDING = re.compile(
    r"(?:持续|长期|全年|常年|立即|即时|即办|常态化|按时序|每年|每季|每月|每周|按年度|按月|按季|实时)[一-鿿]{0,8}"
)
# A cell beside others, or a span that is a cell: its date has no day, for a day alone signs a document off.
_CELL = re.compile(
    r"(?<=[\t|])[^\t|\n]{1,30}(?=[\t|\n]|$)|\A\s*20\d\d\s?年(?:\s?\d{1,2}\s?月)?底?\s*\Z|\A\s*(?:持续|长期)\w{2}\s*\Z"
)
_CELL_WORDS = re.compile(r"以?前|之前|底|末|完成|并|启动|实现|长期|推进|坚持|至|到|于|[-—–~、,;/\s]|起")

_UNTIL = re.compile(r"(?:(?P<to>到)|至|截止(?:日期|时间)?[为是:]?|截至|力争|确保|争取)\s?$")
_FROM_ON = re.compile(r"起?\s?(?:至|到|[-—–~]{1,2})\s?$")
_BEFORE = re.compile(
    r"(?:以前|之前|前)(?![后述款期沿瞻景置列的已]|出生|发布|印发|取得|成立|注册|登记)|止(?!损|步)|内(?![部容设外])"
)
_NTH_YEAR = re.compile(r"(?:第[一二三四五\d]年|翌年)的?$")
_EVERY = re.compile(r"每(?:年|季度|季|月|周)(?:度)?\s?$")
_AIM = re.compile(
    r",?(?:[我全][国省市区县])?(?:力争|确保|争取|基本|全面)?(?:达到|达|实现|建成|完成|形成|培育|新建|力争|建设)(?!情况|了)"
)
_NO_AIM = re.compile(r"的|起|以来|[至到]今|版|印发|发布|公布|召开|成立|[期届]")

_SINCE = re.compile(r"自[^,。;:\n]{1,24}?(?:起|后)(?:的|,)?\s?$|(?:后|起)(?:的|,)?\s?$")
_AT_MOST = re.compile(r"(?:(?:最长|最多|至多)(?:不得|不)?(?:超过)?|(?:不得|不应|不)(?:超过|长于|晚于|迟于))(?:为)?\s?$")
_VALID = re.compile(r"(?:有效期限?|宽限期|过渡期|公示期|期限)(?:为|是)?\s?$")
_WITHIN = re.compile(r"以内|之内|内(?![部容设外])")
_PAST = re.compile(r"(?:近|过去|最近|前|此前|每|第|连续|以往|上)\s?$")
_ELAPSED = re.compile(r"前(?![期款述沿])")
_DUE = re.compile(r"(?:满|到期|开始|举办|召开|举行|开工|施工)\s?$")
_YEAR_INSIDE = re.compile(
    r"(?<![\d一二三四五六七八九十两几多半个近干数今本当])年内(?![部容])|[今本当]年度?内(?![部容])"
)
_TITLE = re.compile(r"《[^》\n]{0,200}》")
_LEFT = 40


@dataclass(frozen=True, slots=True)
class _Found:
    """A deadline in the view: offsets count characters of the view."""

    start: int
    end: int
    day: str | None


def deadlines(text: str, start: int, end: int, *, issued_on: str | None = None) -> tuple[Deadline, ...]:
    """Deadlines in `text[start:end]`, in order, without overlap, spans exact; `issued_on` (ISO) gives a year left out."""
    view = unwrapped(fold(text, start, end))
    found = [
        *_celled(view, issued_on),
        *_labelled(view.text, issued_on),
        *_dated(view.text, issued_on),
        *_timed(view.text),
        *_planned(view.text),
    ]
    return tuple(_as_deadline(view, text, each) for each in _apart(found, view.text))


def cell_deadlines(text: str, start: int, end: int, *, issued_on: str | None = None) -> tuple[Deadline, ...]:
    """The deadline of a table cell under 完成时限: any date or standing phrase in it counts, an empty mark (无, /) does not."""
    view = unwrapped(fold(text, start, end))
    value = _value(view.text, 0, len(view.text), issued_on)
    return () if value is None else (_as_deadline(view, text, value),)


def _as_deadline(view: Folded, text: str, found: _Found) -> Deadline:
    start, end = view.span(found.start, found.end)
    return Deadline(text[start:end], found.day, start, end)


def _apart(found: list[_Found], text: str) -> list[_Found]:
    """Without overlaps (the earlier, then the longer one stays) and without those inside a title."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    opened = [start for start, _ in titles]
    kept: list[_Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        title = bisect_right(opened, each.start) - 1
        titled = title >= 0 and each.start < titles[title][1]
        if not titled and (not kept or kept[-1].end <= each.start):
            kept.append(each)
    return kept


def _celled(view: Folded, issued_on: str | None) -> Iterator[_Found]:
    """Cells of a row set with tabs or pipes that hold nothing but a time: 2026年6月, 持续推进."""
    for match in _CELL.finditer(view.raw):
        inner = view.text[match.start() : match.end()]
        rest = _CELL_WORDS.sub("", "".join(_outside(inner)))
        if (not rest and any(True for _ in dates(inner))) or _STANDING.fullmatch(inner.strip()):
            value = _value(view.text, match.start(), match.end(), issued_on)
            if value is not None:
                yield value


def _outside(text: str) -> Iterator[str]:
    """The pieces of the text that no date covers."""
    at = 0
    for each in dates(text):
        yield text[at : each.start]
        at = each.end
    yield text[at:]


def _labelled(text: str, issued_on: str | None) -> Iterator[_Found]:
    for match in _LABEL.finditer(text):
        value = _value(text, match.start("value"), match.end("value"), issued_on)
        if value is not None:
            yield value


def _value(text: str, start: int, end: int, issued_on: str | None) -> _Found | None:
    """What a label or a cell says: a date, a length of time or a standing phrase; None for anything else."""
    inner = text[start:end].rstrip()
    start += len(inner) - len(inner.lstrip())
    inner = inner.strip()
    last = None
    for each in dates(inner):
        last = each
    if last is not None:
        return _Found(start, start + len(inner), _day_of(last, inner, None, issued_on))
    if _STANDING.match(inner) or any(True for _ in lengths(inner)) or any(True for _ in plan_years(inner)):
        plan = next((year for _, _, year in plan_years(inner)), None)
        return _Found(start, start + len(inner), f"{plan}-12-31" if plan else None)
    return None


def _dated(text: str, issued_on: str | None) -> Iterator[_Found]:
    """Calendar deadlines. A range (1月1日至3月31日) is one, from its first day's span to its last day."""
    year: int | None = None
    before: Date | None = None
    for each in dates(text):
        found = _calendar(text, each, before, year, issued_on)
        if found is not None:
            yield found
        year, before = each.year or year, each


def _calendar(text: str, each: Date, before: Date | None, year: int | None, issued_on: str | None) -> _Found | None:
    left = text[max(0, each.start - _LEFT) : each.start]
    after = _BEFORE.match(text, each.end)
    end = after.end() if after else each.end
    if _EVERY.search(left):
        every = _EVERY.search(left)
        return _Found(each.start - len(every[0]) if every else each.start, end, None) if after else None
    until, start = _UNTIL.search(left), each.start
    ranged = before is not None and _FROM_ON.fullmatch(text, before.end, each.start) is not None
    if ranged and before is not None:
        if not (each.month or before.month) and not after:
            return None
        start = before.start
    elif not after and not _is_aim(text, each, until):
        return None
    elif until and until["to"] and not re.search(r"[长期迟延缓]$", left[: until.start()]):
        start -= len(until[0])
    day = _day_of(each, text[each.end : end], before.year if ranged and before else year, issued_on)
    if _NTH_YEAR.search(left):
        day = None
    past = day is not None and issued_on is not None and day < issued_on
    return None if past else _Found(start, end, day)


def _is_aim(text: str, each: Date, until: re.Match[str] | None) -> bool:
    """Whether a date without 前 is aimed at: 到2023年，…, 延长至2月24日, 力争2023年达到, 2025年建成."""
    if _NO_AIM.match(text, each.end):
        return False
    if until is not None and not (until[0].startswith("截至") and not each.day):
        return each.year is not None or each.day is not None or each.ends
    return (each.year is not None or each.ends) and each.day is None and _AIM.match(text, each.end) is not None


def _day_of(each: Date, after: str, year: int | None, issued_on: str | None) -> str | None:
    """ISO date of the last day meant. Before a month or a year (6月前) is the day before it begins."""
    known = year if each.year is None else each.year
    day = each.last_day(known if known is not None else (int(issued_on[:4]) if issued_on else None))
    if day is None:
        return None
    if known is None and issued_on and not each.shift and day < issued_on:
        day = each.last_day(int(issued_on[:4]) + 1) or day
    if after.startswith(("前", "之前", "以前")) and not each.ends and each.day is None:
        first = date(int(day[:4]), each.month or 1, 1)
        return (first - timedelta(days=1)).isoformat()
    return day


def _timed(text: str) -> Iterator[_Found]:
    """Lengths of time with a limit: 3个月内, 最长不超过3个月, 自印发之日起30日内, 有效期5年, and 年内."""
    for start, end, unit in lengths(text):
        left = text[max(0, start - _LEFT) : start]
        most, valid = _AT_MOST.search(left), _VALID.search(left)
        within = _WITHIN.match(text, end)
        ahead = _ELAPSED.match(text, end) if _DUE.search(left) else None
        if (most and unit != "分钟") or valid:
            limit = most or valid
            yield _Found(start - len(limit[0]) if limit else start, within.end() if within else end, None)
        elif (within or ahead) and not _PAST.search(left):
            mark = within or ahead
            yield _Found(_since(left, start), mark.end() if mark else end, None)
    for match in _YEAR_INSIDE.finditer(text):
        yield _Found(match.start(), match.end(), None)


def _since(left: str, start: int) -> int:
    """The start of 自…之日起 before a length of time, or the length's own start."""
    since = _SINCE.search(left)
    return start - len(since[0]) if since and since[0].startswith("自") else start


def _planned(text: str) -> Iterator[_Found]:
    for start, end, year in plan_years(text):
        yield _Found(start, end, f"{year}-12-31")
