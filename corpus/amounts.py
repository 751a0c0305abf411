"""Amounts as documents write them: 6000, ５０万, 1.3, 1，200, 三十, 两万五千, 百分之三十, 三分之一, 3至5, 5%—10%, with their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numerals import value_of

_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,15})(?:[.．]\d{1,8})?"
_CHINESE = r"[一二两三四五六七八九十][一二两三四五六七八九十百千万亿零〇]{0,15}"
_SCALE = r"万亿|千万|百万|十万|亿|万|千|百"
_SCALES = {
    "万亿": 1e12,
    "千万": 1e7,
    "百万": 1e6,
    "十万": 1e5,
    "亿": 1e8,
    "万": 1e4,
    "千": 1e3,
    "百": 1e2,
    "": 1.0,
}

# Measures that cannot be mistaken, then those that also begin an ordinary word (台湾, 项目, 家庭) with what must not follow.
_MEASURE = (
    r"平方公里|平方千米|平方米|立方米|海里|公里|千米|厘米|毫米|公顷|吨标准煤|吨|千克|公斤|克(?!服|隆)|斤|千瓦时|万千瓦|千瓦|兆瓦时|兆瓦|吉瓦"
    r"|千伏安|千伏|摄氏度|℃|兆比特每秒|吉比特每秒|兆|比特|亩|㎡|[mM]²|Mbps|Gbps|Tbps|[EPTG]FLOPS|TOPS|[KMGTPE]B(?:/[Ss])?|[kMG]W[hH]?|k[mgV]"
)
_COUNT = (
    r"个百分点|个基点|台（套）|台\(套\)|台套|标准机架|机架|端口|人次|人份|户次|架次|班次|场次|件次|剂次|课时|学时|床位|个床位|张床位"
    r"|个(?![人体性别税月])|家(?![庭用具居电政长园禽畜乡装])|项(?!目(?!标))|台(?![湾账风州商])|套(?!餐)|辆|艘|座(?!谈)|栋|幢|盏|棵|株|册|篇|宗|匹|倍"
    r"|所(?![有在得属需称以涉列占示述])|处(?![理罚置于分级])|条|件|份(?!额)|场(?![景所地馆])|次(?![年日月数要])|种(?![植业子养])|类(?![别似])|间(?!接|隔)"
    r"|名(?![单称义列])|人(?![员才工民力社均口大士事行脸体文生物防保像为身群])|户(?![外籍口型用])|位(?![于置次])|岁|周岁|层(?![级次面])|门(?![户店诊类槛])"
    r"|支(?![持付撑行出部线])|只(?![有要能是])|头(?!部)|部(?![门分署委长队级])|组(?![织建成合长])|对(?![接口于应象外标照])|批(?![准复评])|片(?!区)|块(?!链)"
    r"|根(?!据|本)|路(?![灯侧段面网线径])|张(?!家)|分(?![类级析别局期钟配布散担工公区支阶步行为之])|起(?![步来草施])|例(?!如)|剂|站(?!点)|床|盘|期(?![间限内末])|元"
)
_TIME = r"个工作日|工作日|个小时|小时|分钟|毫秒|微秒|秒|个月|个季度|周年|周(?![岁边])|天|日|年"
_PER = r"(?:/(?:[人月年天日次户亩吨米台家车桩笔项条个名位间床Ss]|平方米|千瓦时|小时|立方米){1,2})?"

TIME_UNIT = re.compile(rf"(?:{_TIME})$")
MONEY_UNITS = frozenset({"元", "美元", "欧元", "港元", "人民币"})

_ONE = rf"(?:{_DIGITS}|{_CHINESE})"
_PATTERN = re.compile(
    rf"(?<![A-Za-z\d第〔\[.．\-/:×#_])(?:"
    rf"百分之(?P<percent>{_ONE})(?:(?:至|到|[-－—–~～])百分之(?P<percent_high>{_ONE}))?"
    rf"|(?P<denominator>{_CHINESE})分之(?P<numerator>{_CHINESE})"
    rf"|(?P<low>{_ONE})(?P<low_about>[余多])?\s?(?P<low_scale>{_SCALE})?(?:(?P<low_unit>[%％元])(?=[-－–~～至到—]))?"
    rf"(?:(?:[-－–~～至到]|—{{1,2}})\s?(?P<high>{_ONE})\s?(?P<high_scale>{_SCALE})?)?"
    rf"(?P<about>[余多])?\s?(?P<unit>[%％‰]|美元|欧元|港元|{_TIME}|{_MEASURE}|{_COUNT})?{_PER}"
    rf")(?P<after>以上|及以上|以下|及以下|以内|之内|内|左右|上下|起)?"
)
_AFTER_UNITLESS = re.compile(r"[，。；、,;：）)\s的且并和及与至]|$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit in the text. `high` for a range; `after` is what follows (以上); `about`: 1700余个.

    `start` to `end` covers the number, unit and `after`. `unit` is "" for a bare number, "%" for a share.
    """

    start: int
    end: int
    low: float
    high: float | None
    unit: str
    about: bool
    after: str
    chinese: bool


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """Amounts between `start` and `end`, in order, without overlap. Numbers that belong to a name or a code are left out."""
    at = start
    while (match := _PATTERN.search(text, at, end)) is not None:
        at = max(match.end(), match.start() + 1)
        amount = _amount(text, match)
        if amount is not None:
            yield amount


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    if match["percent"] is not None:
        low, high = _value(match["percent"], ""), _value(match["percent_high"], "")
        return _built(match, low, high, "%", chinese=True)
    if match["denominator"] is not None:
        below, above = _value(match["denominator"], ""), _value(match["numerator"], "")
        return _built(match, above / below, None, "", chinese=True) if below and above else None
    unit = match["unit"] or match["low_unit"] or ""
    item_and_age = unit in ("岁", "周岁") and "." in match["low"]  # 1.80周岁: item 1 is about 80
    if item_and_age or _is_part_of_a_word(text, match, unit):
        return None
    high_scale = match["high_scale"] or ""
    low_scale = match["low_scale"] or ("" if match["low_unit"] else high_scale)
    low, high = _value(match["low"], low_scale), _value(match["high"], high_scale)
    return _built(match, low, high, unit.replace("％", "%"), chinese=not match["low"][0].isdecimal())


def _is_part_of_a_word(text: str, match: re.Match[str], unit: str) -> bool:
    """5G, 12345热线, 2.0计划: a bare number counts only when the sentence ends or goes on after it."""
    following = text[match.end() : match.end() + 1]
    if following.isascii() and following.isalpha():
        return True
    return not unit and not match["after"] and not _AFTER_UNITLESS.match(text, match.end())


def _built(match: re.Match[str], low: float | None, high: float | None, unit: str, *, chinese: bool) -> Amount | None:
    if low is None or (high is not None and high <= low):
        return None
    about = match["about"] is not None or match["low_about"] is not None
    return Amount(match.start(), match.end(), low, high, unit, about, match["after"] or "", chinese)


def _value(written: str | None, scale: str) -> float | None:
    """The number; None if it is not well formed."""
    if not written:
        return None
    if written[0].isdecimal():
        return _rounded(float(re.sub(r"[,，]", "", written).replace("．", ".")) * _SCALES[scale])
    value = _chinese_value(written)
    return None if value is None else _rounded(value * _SCALES[scale])


def _chinese_value(written: str) -> float | None:
    """两万五千 → 25000; each of 亿 and 万 at most once, in this order."""
    total = 0.0
    rest = written
    for mark, weight in (("亿", 1e8), ("万", 1e4)):
        head, found, tail = rest.partition(mark)
        if found:
            value = value_of(head)
            if value is None:
                return None
            total, rest = total + value * weight, tail
    if not rest:
        return total
    last = value_of(rest.lstrip("零〇"))
    return None if last is None else total + last


def _rounded(value: float) -> float:
    """Without the dust of a binary product: 13.79万亿 is 13790000000000."""
    return float(f"{value:.12g}")
