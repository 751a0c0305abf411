"""Target numbers: 新建公共充电桩6000台以上 is (公共充电桩, >=, 6000, 台); 培育1至2家平台 is two, >= 1 and <= 2.

The phrase around an amount is read in two ways. Either the thing counted stands before it (示范应用场景超过100个), or it
follows (建设300个数字化车间和智能工厂); verbs and adverbs at the edges are not part of its name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.amounts import MONEY_UNITS, TIME_UNIT, Amount, amounts
from corpus.comparisons import COMPARED, comparison_before
from corpus.deadlines import deadlines
from corpus.folding import Folded, fold, unwrapped
from corpus.model import Comparison, Quantity

# Verbs that never stand inside the name of a thing counted: what follows the last of them is that name.
_VERB = re.compile(
    r"新建|建成|建起|打造|培育|引进|给予|实现|新增|推出|创建|遴选|选树|认定|评选|签约|举办|开展|争取|力争|确保|组建|筹建|改建|扩建|续建|拥有|完成"
    r"|形成|布局|设立|组织实施|实施|安排|发放|招引|招收|招聘|吸引|选派|选聘|配建|配备|具有|投入|攻克|突破|制修订|制定|下达|筹集|按照"
)
_ACT = re.compile(_VERB.pattern + "|赴|参加|进行|提供|出国")
# Words that only lead up to the name: stripped from its front as long as there are any.
_LEAD = re.compile(
    r"(?:\d{1,2}[.、)]\s?|(?:19|20)\d\d年[底末]?|\d{1,2}年内|可以|按规定|处以?|全[市省区县国]|[本我][市省区县国]|各[市省区县]|每[年天月日周次]|每[万千百]?[人户名]口?|年均|年度|累计|总计|合计|共计|分别|其中|以及|并|且|及|与|将|了|的"
    r"|共(?![享建同青管])|和(?![谐平])|对(?![外口接])|对于|按(?!揭)|由|从(?![业事])|使(?!用)|在(?![线校建职岗])|为|要(?![素件])|应(?![用急届])|已|到|至"
    r"|可(?![再靠信视控持])|再(?!生)|比(?![例重赛])|较|约|近(?![视海])|超过|达到|比上年|比去年|同比|同期|上年"
    r"|继续|持续|不断|加快|进一步|统筹|积极|大力|稳步|逐步|全面|基本|计划|预计|原则上|优先|适度|推动|推进|推广(?![面应])|支持(?!率)|鼓励|引导"
    r"|提升|提高|扩大|增加|降低|减少|增强|加强|强化|优化|增长(?!率)|下降|上涨|聚焦|围绕|依托|建设(?!用地)|发展(?![水指])|建立|改造(?!率)|升级"
    r"|开通|开放(?!度)|部署|汇聚|研发|资助(?!金)|选取|选择|集聚|设置|保持|覆盖(?![率面区范人])|带动|孵化(?![器基面])|转化(?!率)|培训(?![时人机基班])|帮扶|谋划"
    r"|储备(?![粮量肉])|供应(?![量链]))"
)
_CHANGE = re.compile(r"(?:增长|增加|增|下降|降低|降|减少|减|提高|提升|上升|上涨)(?:了|率|到|至)?(?:约|近|超过)?\s?$")
_TRAIL = re.compile(
    r"(?:平均|均|要|应当|应|须|需|可|将|力争|确保|争取|为|是|有|至|到|在|共|共计|累计|总计|合计|分别|已|计|按照|按|的|不|原则上|一般|还|都|也|,|\s"
    r"|每[人户个家年月天日次亩套台辆桩车位]+|总体|了|由|从|处以?|(?:19|20)\d\d年)$"
)
_EDGE = re.compile(r"[,;:。、!?！？\n\t|\"“”‘’]")
_STOP = re.compile(r"[,;:。!?！？\n\t|(（“”]|的(?:比例|标准|速度|幅度|价格)")
_NEXT_ITEM = re.compile(
    r"(?:[、和及与或]|以及)(?=[\d一二两三四五六七八九十])|、(?=新建|建成|打造|培育|引进|建设|推广|实施|推进|创建|支持|完成|组织)"
)
_NO_NAME = re.compile(
    r"[、的和及与或以并且为等至到是由向可上下内左则均予给按也都]|进行|来自|[二三四五六七八九十两]?[十百千万]+元|\d|增[加长至]|提[高升]|下降|降|减|扩大|上升|达|超过|占|用于|进入"
)
_IDIOM = re.compile(
    r"(?:方面|着力|意识|自信|维护|层次|阶段|环节|领域|角度|关键|[大重]?问题|原则|制度|转变|坚持|必须|严|到位|同步)"
)
_ORDINARY = re.compile(r"(?:前|每|第|头|首|(?<!以)[上下]|这|那|同|某|几|任|哪)\s?$")
_GOAL = re.compile(
    r"(?:新建|建成|建设|打造|培育|引进|创建|推出|新增|实施|推广|设立|组建|确定|选取|遴选|配备|共有|不少于|至少|超过)\s?$"
)
_GENERIC = frozenset("标准 比例 方式 幅度 速度 以上 范围 方面 时间".split())
_REACH = 60
_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What is counted and where the phrase begins and ends, in the view. `what` is a view span, None for nothing named."""

    start: int
    end: int
    what: tuple[int, int] | None
    comparison: Comparison


def quantities(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Target numbers in `text[start:end]`, in order; the span of each covers its whole phrase. A range gives two."""
    view = unwrapped(fold(text, start, end))
    timed = [(each.start, each.end) for each in deadlines(text, start, end)]
    starts = [first for first, _ in timed]
    found: list[Quantity] = []
    last: _Phrase | None = None
    floor, named = 0, ""
    for amount in amounts(view.text, 0, len(view.text)):
        first, end_of_amount = view.span(amount.start, amount.end)
        earlier = bisect_left(starts, end_of_amount) - 1
        if (earlier >= 0 and timed[earlier][1] > first) or not _counts(view.text, amount):
            continue
        if last is not None and last.end <= amount.start:
            floor = last.end
        phrase = _phrase(view.text, amount, floor)
        name = view.written(*phrase.what) if phrase.what else ""
        if (
            not name
            and "。" not in view.text[floor : amount.start]
            and _CHANGE.search(view.text, max(0, amount.start - 8), amount.start)
        ):
            name = named
        found += _quantities(view, amount, phrase, name)
        floor, named, last = amount.end, name, phrase
    return tuple(found)


def _quantities(view: Folded, amount: Amount, phrase: _Phrase, name: str) -> Iterator[Quantity]:
    span = view.span(phrase.start, phrase.end)
    if amount.high is None:
        yield Quantity(name, phrase.comparison, amount.low, amount.unit, *span)
    else:
        yield Quantity(name, ">=", amount.low, amount.unit, *span)
        yield Quantity(name, "<=", amount.high, amount.unit, *span)


def _counts(text: str, amount: Amount) -> bool:
    """Whether the amount is a figure at all: not 前10名, 每5个, “三个着力”, 2023年, 一个, a bare number that nothing compares."""
    left = text[max(0, amount.start - 8) : amount.start]
    compared = COMPARED.search(left) is not None
    if _ORDINARY.search(left) and not compared:
        return False
    if amount.chinese and amount.unit not in ("%", "") and not _counts_in_words(text, amount, left, compared):
        return False
    if TIME_UNIT.search(amount.unit):
        asked = (
            (compared and not left.rstrip().endswith("近"))
            or amount.after in ("以上", "及以上", "以内")
            or amount.unit in ("毫秒", "微秒")
        )
        return asked and not (amount.unit == "年" and amount.low > 1000)
    if not amount.unit:
        return compared or (bool(amount.after) and amount.after != "起") or (amount.low < 1 and amount.chinese)
    return amount.unit != "条" or compared or _GOAL.search(left) is not None or bool(amount.after)


def _counts_in_words(text: str, amount: Amount, left: str, compared: bool) -> bool:
    """三十家 counts; 一个 never does; 三个 does when a verb or a comparison asks for it."""
    if amount.low < 2 or _IDIOM.match(text, amount.end) or left[-1:] in '“"‘「':
        return False
    if amount.low == 10 and amount.unit == "分":  # 十分重要
        return False
    return amount.low >= 10 or compared or bool(amount.after) or _GOAL.search(left) is not None


def _phrase(text: str, amount: Amount, floor: int) -> _Phrase:
    begin = _segment(text, amount.start, floor)
    comparison, name_end, base = comparison_before(text, begin, amount)
    before = _before(text, begin, name_end) or base
    after = _following(text, amount)
    counting = amount.unit not in ("%", "‰", "") and amount.unit not in MONEY_UNITS
    adjoining = after is not None and after[0] == amount.end and (counting or before is None)
    if after is None or (before is not None and not adjoining and (not counting or name_end < amount.start)):
        return _Phrase(begin, amount.end, before, comparison)
    return _Phrase(begin, after[1], after, comparison)


def _segment(text: str, at: int, floor: int) -> int:
    """Where the phrase that ends at `at` begins: after the last punctuation mark, brackets closed before `at` skipped."""
    lowest, depth, i, closed = max(floor, at - _REACH), 0, at, at
    while i > lowest:
        char = text[i - 1]
        if char == ")":
            closed, depth = (i, 1) if not depth else (closed, depth + 1)
        elif char == "(" and depth:
            depth -= 1
        elif not depth and (char in "(《" or _EDGE.match(char)):
            break
        i -= 1
    i = closed if depth else i
    while i < at and (text[i].isspace() or (i == floor and text[i] in "和及与或")):
        i += 1
    return i


def _before(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """The thing named in `text[begin:end]`, the words before the amount: without verbs, adverbs and what is per head."""
    while (trail := _TRAIL.search(text, begin, end)) is not None:
        end = trail.start()
    for verb in _VERB.finditer(text, begin, end):
        begin = verb.end()
    while (lead := _LEAD.match(text, begin, end)) is not None:
        begin = lead.end()
    while begin < end and text[begin].isspace():
        begin += 1
    if end - begin < 2 or end - begin > _LONGEST_NAME or text[end - 1] == "等":
        return None
    if text[begin] == "每" and end - begin < 8:
        return None
    return begin, end


def _following(text: str, amount: Amount) -> tuple[int, int] | None:
    """The thing named after the amount: up to the next mark; after the last 的 when the words before it only describe."""
    at = amount.end
    if text[at : at + 1] == "的" and (amount.unit in MONEY_UNITS or amount.unit == "%"):
        at += 1
    stop = _STOP.search(text, at, at + _REACH)
    end = stop.start() if stop else min(at + _REACH, len(text))
    described = text.rfind("的", at, end)
    if described > at and end - described > 2:
        at = described + 1
    else:
        item = _NEXT_ITEM.search(text, at, end)
        end = item.start() if item else end
        verb = _ACT.search(text, at + 1, end)
        end = verb.start() if verb else end
    while at < end and text[at].isspace():
        at += 1
    end -= len(text[at:end]) - len(text[at:end].rstrip())
    if end - at < 2 or end - at > _LONGEST_NAME or _NO_NAME.match(text, at) or text[at:end] in _GENERIC:
        return None
    return at, end
