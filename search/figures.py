"""Numbers and times that answer 多少 and 什么时候, picked from a clause as the words that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Clause, Deadline, Quantity, Span

from . import years
from .question import Question
from .quote import cut, segments
from .terms import Topic

NEAR = 0.5  # the cosine from which a part of a clause speaks of the topic without a word of it
ITS_YEAR = 2.0  # a figure that says the year asked for goes before all that say none
_SENTENCE_END = re.compile(r"[。！？\n\t]")
_ASKED_UNIT = re.compile(
    r"(?:多少|几)(?:万|千|百|亿)?(个|台|家|条|座|项|名|人|套|所|处|亩|公里|平方公里|平方米|米|吨|元|块钱|块|钱|次|辆|路|分|倍|间|张|户|只|件|种)"
)
_PERCENT = re.compile(r"占比|比例|比率|比重|覆盖率|普及率|百分之|增速|percent|share|proportion|ratio|率(?![先领])")
_NO_UNIT = r"(?![万千百]?[个台家条座项名人套所处亩公平米吨次辆路间张户只件种根部盏棵])"
_MONEY = re.compile(r"钱|元|金额|额度|补贴|补助|资助|奖励|贴息|资金|money|subsid|grant|fund|amount")
_MONEY_UNITS = frozenset("元 美元 欧元 港元".split())
_MONEY_WORDS = frozenset("元 钱 块 块钱".split())
_COUNTS = frozenset("个 家 台 人 名 项 座 所 处 条 套 只 件 种".split())
_TIME_UNITS = re.compile(r"^(?:个)?(?:工作日|年|月|日|天|小时|周|季度|分钟)")
_TIME = re.compile(
    r"\d{4}\s*年|\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|初|前|份|内)|[年月]底|[\d一二三四五六七八九十两]+\s*个?\s*(?:工作日|日|天|小时|个月|月|年)\s*(?:内|以内|之内|前|以上)"
    r"|持续|长期|全年|每年|最长"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.〔])[0-9]+(?:[.,][0-9]+)?\s*(?:%|％|‰|[余多几]?[万亿]?(?:个|家|台|座|条|项|名|人|套|所|处|亩|公里|平方|米|吨|元|次|辆|路|分|倍|间|张|户|只|件|种|年|月|日|天|小时|兆|千瓦))"
    r"|[一二两三四五六七八九十百千万]+(?:个|家|项|名|倍|成|元|台|所|座|次|年|月|日|天)|百分之"
)
_TITLE = re.compile(r"《[^》]*》")
_DATE = re.compile(r"(?:19|20)\d\d\s*年|(?<!\d)1?\d\s*月(?:\s*\d{1,2}\s*日|[底初份末内中上下前])")
_ASKS_IN_FORCE = re.compile(
    r"(?:什么时候|什么时间|何时|几时|哪天|哪一天|几号)(?:开始|起|正式)*(?:施行|实施|生效|执行)|(?:施行|实施|生效|执行)(?:日期|时间)"
    r"|in force|takes? effect|effective",
    re.I,
)
_IN_FORCE = re.compile(r"自[^，。；;\n自]{2,16}(?:之日)?起(?:正式)?(?:施行|实施|生效|执行)")


@dataclass(frozen=True, slots=True)
class _Dimension:
    """A kind of number that nothing else can stand for: how it is asked, which units it has, how a text says it."""

    asked: re.Pattern[str]
    units: re.Pattern[str]
    said: re.Pattern[str]


_DIMENSIONS = (
    _Dimension(
        re.compile(
            rf"多少(?:万|亿)?(?:元|块|钱)|(?:花费?|投入?|投资额?)(?:了|掉)?多少{_NO_UNIT}|投[入资][^，。]{{0,6}}多少{_NO_UNIT}"
            r"|多少(?:万|亿)$|how much (?:money|does)|\bcost"
            r"|(?:价|价格|租金|费|费用)(?:标准)?(?:是|有|要|为)?多少",
            re.I,
        ),
        re.compile(r"元$"),
        re.compile(r"[\d.]+\s*[余多]?[万亿]?元"),
    ),
    _Dimension(
        re.compile(r"(?:补助|补贴|奖励|资助|补偿)(?:标准|金额|资金)?(?:是|有|给|为)?多少"),
        re.compile(r"元$|%|倍"),
        re.compile(r"[\d.]+\s*[余多]?[万亿]?元|[%％]|倍"),
    ),
    _Dimension(
        re.compile(r"多大面积|面积|多少(?:平方|亩|公顷)"), re.compile(r"平方|亩|公顷"), re.compile(r"平方|亩|公顷")
    ),
    _Dimension(_PERCENT, re.compile(r"%|‰|百分点|倍|成"), re.compile(r"[%％‰]|百分|[一二三四五六七八九]成|倍")),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity that a clause gives, and the cosine of the part of its sentence that holds it with the topic."""

    quantity: Quantity
    near: float


def quantity(question: Question, clause: Clause, quote: Span, topic: Topic) -> Quantity | None:
    """The quantity of the clause that the question asks for; inside the quoted sentence if one is there."""
    found = stated(question, clause, quote, topic)
    return None if found is None else found.quantity


def stated(
    question: Question, clause: Clause, quote: Span, topic: Topic, titled: frozenset[int] = years.NONE
) -> Stated | None:
    """The same with how near it is; `titled` are the years in the document's title."""
    fitting = [
        each
        for each in clause.quantities
        if _is_asked(question, each) and years.holds_for(question.years, clause, each, titled)
    ]
    if not fitting:
        return None
    around = [_around(clause, each) for each in fitting]
    nearness = topic.nearness(around)
    scores = [
        (each.start in range(quote.start, quote.end))
        + topic.literal(text)
        + near
        + unit_fit(question, each)
        + ITS_YEAR * bool(question.years & years.of_figure(clause, each))
        for each, text, near in zip(fitting, around, nearness, strict=True)
    ]
    best = max(range(len(fitting)), key=lambda place: (scores[place], -fitting[place].start))
    inside = quote.start <= fitting[best].start < quote.end
    shares = inside or nearness[best] >= NEAR or topic.literal(around[best]) > 0 or question.language == "en"
    return Stated(fitting[best], nearness[best]) if scores[best] > 0.6 and shares else None


def deadline(question: Question, clause: Clause, quote: Span) -> Deadline | Quantity | None:
    """The time that the question asks for: in the quote, then a duration in the quote, then anywhere in the clause.

    Since when a document is in force is said as nothing else: 自2023年7月1日起施行.
    """
    in_force = _IN_FORCE.search(cut(clause, quote)) if _ASKS_IN_FORCE.search(question.text) else None
    if in_force:
        return Deadline(in_force[0], None, quote.start + in_force.start(), quote.start + in_force.end())
    for each in clause.deadlines:
        if quote.start <= each.start < quote.end:
            return each
    for length in clause.quantities:
        if quote.start <= length.start < quote.end and _TIME_UNITS.match(length.unit):
            return length
    return clause.deadlines[0] if clause.deadlines else None


def phrase(clause: Clause, figure: Quantity | Deadline) -> str:
    """The comma-separated part of the sentence that holds the figure, without a clause number before it."""
    for part in segments(clause, Span(clause.start, clause.end)):
        if part.start <= figure.start < part.end:
            return cut(clause, Span(part.start, max(part.end, figure.end))).strip("，,；;。 \t\n")
    return cut(clause, Span(figure.start, figure.end)) if clause.start <= figure.start else ""


def says_number(question: Question, clause: Clause, quote: Span, titled: frozenset[int] = years.NONE) -> bool:
    """Whether the quoted sentence holds a number of the kind asked for, even one that the fact grammar does not read."""
    said = _DATE.sub("", _TITLE.sub("", cut(clause, quote)))
    dimension = _dimension(question)
    number = (dimension.said if dimension else _NUMBER).search(said)
    return number is not None and years.may_speak_of(question.years, clause, quote, titled)


def says_time(clause: Clause, quote: Span) -> bool:
    """Whether the quoted sentence says a time at all; years inside 《》 are names."""
    return _TIME.search(_TITLE.sub("", cut(clause, quote))) is not None


def _dimension(question: Question) -> _Dimension | None:
    return next((each for each in _DIMENSIONS if each.asked.search(question.text)), None)


def _is_asked(question: Question, each: Quantity) -> bool:
    dimension = _dimension(question)
    return dimension is None or dimension.units.search(each.unit) is not None


def _around(clause: Clause, each: Quantity) -> str:
    """The part of the sentence that holds the quantity, and what is counted."""
    parts = segments(clause, Span(clause.start, clause.end))
    part = next((part for part in parts if part.start <= each.start < part.end), None)
    return (cut(clause, part) if part else "") + (each.what or _counted_before(clause, each))


def _counted_before(clause: Clause, each: Quantity) -> str:
    """What a figure counts that does not say so (到2023年家庭医生不低于4人，到2025年不低于5人): what the one before it counts,
    or else what its sentence begins with."""
    before = cut(clause, Span(clause.start, each.start))
    begin = clause.start + max((end.end() for end in _SENTENCE_END.finditer(before)), default=0)
    earlier = [
        other.what for other in clause.quantities if begin <= other.start < each.start and other.unit == each.unit
    ]
    named = [what for what in earlier if what]
    return named[-1] if named else cut(clause, Span(begin, each.start))


def unit_fit(question: Question, each: Quantity) -> float:
    """How well the quantity's unit is the one asked for, in [0, 1]: 多少台 wants 台, 比例 wants %, 多少钱 wants 元."""
    asked = _ASKED_UNIT.search(question.text)
    if asked:
        if each.unit.startswith(asked[1]) or (asked[1] in _MONEY_WORDS and each.unit in _MONEY_UNITS):
            return 1.0
        return 0.5 if asked[1] in _COUNTS and each.unit in _COUNTS else 0.1
    if _PERCENT.search(question.text):
        return 1.0 if each.unit == "%" else 0.2
    if _MONEY.search(question.text):
        return 0.8 if each.unit in _MONEY_UNITS else (0.6 if each.unit == "%" else 0.3)
    return 0.5


def holds_time(clause: Clause) -> bool:
    """Whether the clause says a time or a duration."""
    return bool(clause.deadlines) or any(_TIME_UNITS.match(each.unit) for each in clause.quantities)
