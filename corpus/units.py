"""The grammar of unit lists.

    list  := item (mark item)* "等"?
    mark  := 、 ， ； / 和 及 与 以及 或 会同 等, or nothing at all (…监管办区住建委)
    item  := name | topic            a topic (发展改革) takes its kind from the end of the list (公安等部门, 公安部门)

A mark stands between two items only where both sides can stand alone; inside 市文化和旅游局 and 各市、县〔区〕人民政府 it is
part of the name. The list is first cut at every mark, then `_joined` undoes the cuts inside names and `_kinds` completes topics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.folding import Folded
from corpus.names import LONGEST_NAME, ends_like_body, is_balanced, is_bare, is_body, is_generic, is_unit
from corpus.vocabulary import ALIAS, COUNT, KIND, LEVEL, any_of

HELP = any_of("会同 联合(?![会国大学社党工]) 会(?=[省市县区国各相有商财发]) (?<=[局委厅部])商(?![务业贸])")

_LONGEST_PIECE = 160
_MARKS = "、,;/|。"
_SOFT = " \n"
_ETC = "(?<![高平均对同初中相])等(?![级额保])"
_AND = re.compile(f"以及|及其|或者|{HELP}|和|及|与|或|{_ETC}")
_ALWAYS = ("以及", "及其", "会同")
_LEADING = re.compile("(?:以及|及其|及|和|与|由|会同|联合|并|:| |[0-9]{1,2}[.．)])+")
_TRAILING = re.compile(f"(?:等(?:{COUNT}?{KIND}|有关方面)?|[ :])+$")
_LEVELS = re.compile(
    f"(?P<which>(?:各|有关|相关|全[省市])+(?:设区的?)?)?(?:{LEVEL}|地)+{ALIAS}?(?:、{LEVEL}+{ALIAS}?)*"
)
_OF_LEVEL = re.compile(f"{LEVEL}+{ALIAS}?(?:级市)?(?:人民)?(?:政府|党委|委|管委会)?{ALIAS}?")
_STARTS_LEVEL = re.compile(LEVEL)
_KIND_ENDING = re.compile(f"((?:行政)?(?:主管)?{KIND})(?:[、和及与]{KIND})*$")
_NAMED_KIND = re.compile("(?:部门|机构|机关)$")
_COUNTED_KIND = re.compile(f"{COUNT}?{KIND}(?:[、和及]{KIND})?")
_SERIAL = re.compile("[、和及与]|以及")
_LAST_AND = re.compile("以及|和|及|与")
_COMPOUND = re.compile(
    any_of(
        "文化 经济 工业 住房 人力资源 自然资源 规划 卫生 农业 粮食 科技 科学 交通 民族 政务服务 商务 国土资源 体育 计划 水利 应急 新闻 广播"
    )
    + "$"
)
_RUN_ON = re.compile("(?=[省市区县]|各[市区县])")
_NOT_RUN_ON = ("政府", "国务院", "分局")
_NONE = (0, 0)


@dataclass(frozen=True, slots=True)
class Name:
    """A listed unit: `unit` as written, `spelled` folded, `start:end` the view span that holds its characters in order.

    `mark` stood before it: 、 or 会同, "" for the first.
    """

    unit: str
    spelled: str
    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    mark: str
    kind: tuple[int, int] = _NONE


def unit_list(view: Folded, start: int, end: int) -> list[Name]:
    """The names listed in `view[start:end]`, in order; what cannot be a name is returned too, for the caller to judge."""
    items = [part for piece in _pieces(view, start, end) for part in _cut(view, piece)]
    names = (_name(view, item) for item in _kinds(view, _joined(view, items)))
    return [name for name in names if name.spelled]


def spelled(view: Folded, start: int, end: int) -> str:
    """The folded characters `start:end` without white space."""
    return "".join(view.text[start:end].split())


def _pieces(view: Folded, start: int, end: int) -> Iterator[_Item]:
    """Spans between the marks that stand outside brackets and quotes; white space counts between two whole names."""
    depth, begin, mark = 0, start, ""
    for at in range(start, end):
        char = view.text[at]
        depth = max(0, depth + (char in "(“") - (char in ")”"))
        soft = char in _SOFT and _is_gap(view, begin, at, end)
        if depth == 0 and (char in _MARKS or soft):
            yield _Item(begin, at, mark)
            begin, mark = at + 1, "、" if soft else char
    yield _Item(begin, end, mark)


def _is_gap(view: Folded, begin: int, at: int, end: int) -> bool:
    """Whether the white space at `at` stands between two whole names."""
    if not 2 <= at - begin <= LONGEST_NAME or not is_unit(_LEADING.sub("", spelled(view, begin, at), count=1)):
        return False
    after = _LEADING.sub("", view.text[at : min(end, at + LONGEST_NAME)].lstrip(), count=1)
    return is_unit(re.split(r"[、,;/|。\s]", after, maxsplit=1)[0])


def _cut(view: Folded, piece: _Item) -> list[_Item]:
    """The piece cut at every conjunction whose two sides can stand alone, and where two names touch."""
    if piece.end - piece.start > _LONGEST_PIECE:
        return [piece]
    start, mark, cuts = piece.start, piece.mark, []
    for found in _AND.finditer(view.text, piece.start, piece.end):
        left, right = spelled(view, start, found.start()), spelled(view, found.end(), piece.end)
        if is_balanced(left) and _separates(left, found[0], right):
            cuts.append(_Item(start, found.start(), mark))
            start, mark = found.end(), found[0]
    cuts.append(_Item(start, piece.end, mark))
    return [item for cut in cuts for item in _run_on(view, cut)]


def _separates(left: str, mark: str, right: str) -> bool:
    if mark == "等":  # ends a list before nothing, a generic body, a name, or another mark (等和各有关省级人民政府)
        return not right or is_generic(right) or _LEADING.match(right) is not None or _stands_alone(right)
    return (is_unit(left) and mark in _ALWAYS) or ((is_unit(left) or is_bare(left)) and _stands_alone(right))


def _stands_alone(right: str) -> bool:
    """Whether some beginning of `right` up to a conjunction is a name that needs nothing from the left."""
    ends = [found.start() for found in _AND.finditer(right)] + [len(right)]
    return any(is_unit(right[:end]) and not is_bare(right[:end]) for end in ends)


def _run_on(view: Folded, item: _Item) -> Iterator[_Item]:
    """Two names with nothing between them: the second begins with the level of the first (区…办区…委)."""
    words = view.text[item.start : item.end]
    for found in _RUN_ON.finditer(words[: 2 * LONGEST_NAME], 3):
        left, right = words[: found.start()], words[found.start() :]
        level = right[0] == left[0] or (right[0] == "各" and right.endswith(("政府", "管委会")))
        whole = level and len(right) > 3 and not left.endswith(_NOT_RUN_ON) and not right.endswith("分局")
        if whole and is_body(left) and is_body(right):
            yield replace(item, end=item.start + found.start())
            yield _Item(item.start + found.start(), item.end, "、")
            return
    yield item


def _joined(view: Folded, items: list[_Item]) -> list[_Item]:
    """Items with the cuts inside 各市、县〔区〕人民政府, 市、区民政部门, 有关部门、单位 and 党委和政府 undone."""
    joined: list[_Item] = []
    for item in items:
        before = joined[-1] if joined else None
        here = spelled(view, item.start, item.end)
        if before is not None and _belongs(spelled(view, before.start, before.end), item.mark, here):
            joined[-1] = replace(before, end=item.end)
        else:
            joined.append(item)
    return joined


def _belongs(left: str, mark: str, right: str) -> bool:
    if not _SERIAL.fullmatch(mark):
        return False
    if is_bare(right):
        return left.endswith(("部门", "单位", "机构", "机关", "组织", "团体", "党委"))
    levels = _LEVELS.fullmatch(left)
    if levels is None or (mark != "、" and (levels["which"] or left.endswith(")"))):
        return False
    if levels["which"]:
        return _OF_LEVEL.fullmatch(right) is not None
    return _STARTS_LEVEL.match(right) is not None


def _kinds(view: Folded, items: list[_Item]) -> list[_Item]:
    """Items with topics completed by the kind at the end of their list, and the bare kind itself (等部门) left out."""
    done: list[_Item] = []
    kind = _NONE
    for item in reversed(_split_last_topic(view, items)):
        here = spelled(view, item.start, item.end)
        if done and not _SERIAL.fullmatch(done[-1].mark) and done[-1].mark != "等":
            kind = _NONE
        generic = is_generic(here)
        if (item.mark == "等" and generic) or (_NAMED_KIND.search(here) and not generic):
            found = _KIND_ENDING.search(view.text, item.start, item.end)
            kind = found.span(1) if found else _NONE
        elif kind != _NONE and _is_topic(here):
            item = replace(item, kind=kind)
        done.append(item)
    return [item for item in reversed(done) if not (item.mark == "等" and _is_counted(view, item))]


def _is_topic(words: str) -> bool:
    """Whether `words` lack their kind: neither a unit nor the name of one that `is_unit` does not know."""
    named = is_unit(words) or is_bare(words) or ends_like_body(words)
    return 2 <= len(words) <= 20 and not named and not words.startswith(("中国", "国网", "各", "有关"))


def _is_counted(view: Folded, item: _Item) -> bool:
    return _COUNTED_KIND.fullmatch(spelled(view, item.start, item.end)) is not None


def _split_last_topic(view: Folded, items: list[_Item]) -> list[_Item]:
    """公安、教育和交通运输部门: the 和 before the last topic is a mark, unless it belongs to one ministry (文化和旅游)."""
    for index in range(1, len(items)):
        item, before = items[index], items[index - 1]
        if not _NAMED_KIND.search(view.text, item.start, item.end) or is_unit(spelled(view, before.start, before.end)):
            continue
        found = _LAST_AND.search(view.text, item.start + 2, item.end)
        if found and not _COMPOUND.search(view.text, item.start, found.start()):
            parts = [replace(item, end=found.start()), _Item(found.end(), item.end, found[0])]
            return items[:index] + parts + items[index + 1 :]
    return items


def _name(view: Folded, item: _Item) -> Name:
    leading = _LEADING.match(view.text, item.start, item.end)
    start = leading.end() if leading else item.start
    trailing = _TRAILING.search(view.text, start, item.end)
    end = trailing.start() if trailing else item.end
    kind_start, kind_end = item.kind
    if kind_start < end:
        return Name(view.written(start, end), spelled(view, start, end), start, end, item.mark)
    unit = view.written(start, end) + view.written(kind_start, kind_end)
    return Name(unit, spelled(view, start, end) + view.text[kind_start:kind_end], start, kind_end, item.mark)
