"""What the name of a public body looks like: its ending, and the words that it cannot hold.

All strings here are in the folded spelling of `corpus.folding`: ASCII brackets and commas, simplified grammar words.
"""

from __future__ import annotations

import re

from corpus.vocabulary import (
    ADVERB,
    ALIAS,
    AREA,
    COUNT,
    ENDING,
    FUNCTION_WORD,
    KIND,
    NO_BEGINNING,
    OFFICE_ENDING,
    PART,
    PLACE_ENDING,
    VERB,
    WHICH,
)

LONGEST_NAME = 40
STOP = re.compile(f"{FUNCTION_WORD}|{VERB}|{ADVERB}")

_WORD = "[一-鿿]"
_SHAPE = re.compile("[一-鿿“”·0-9A-Za-z()、+]+")
_BEGINNING = re.compile(NO_BEGINNING)
_ENDING = re.compile(f"{ENDING}$")
_ALIAS_ENDING = re.compile(f"{ALIAS}$")
_UNIT = re.compile(f"{ENDING}{ALIAS}?|{AREA}")
_AREA = re.compile(AREA)
_OFFICE = re.compile(f"{_WORD}{{2,10}}{OFFICE_ENDING}")
_PLACE = re.compile(f"{_WORD}{{1,7}}{PLACE_ENDING}")
_BARE = re.compile(f"{PART}*(?:{KIND}|个人)(?:[、和及与]{PART}*(?:{KIND}|个人))*")
_GENERIC = re.compile(f"{COUNT}?{WHICH}*{KIND}(?:[、和及]{KIND})*")
# The two ways in which a name holds 的: 县(市、区)人民政府确定的部门, 有农业的区人民政府; 负有…职责的部门.
_GIVEN = re.compile("(?:确定|指定|授权|设立|派出|成立)的(?=[^的]{2,12}$)|^有[^的]{1,8}的(?=[^的]{1,10}$)")
_BEARER = re.compile(
    "(?:[一-鿿()、]{0,16}(?:政府|国务院))?(?:负有|承担|履行|行使|负责|主管)[一-鿿、]{2,24}的(?:部门|机构|机关|单位)"
)
_DELEGATE = re.compile(f"(?:或者?)?其?(?:确定|指定|授权|委托|派出)的[^的,、。;]{{0,8}}?{KIND}")
_GOES_ON = re.compile("办公|直属|所属|党组|工会|[、和及与]")


def is_body(name: str) -> bool:
    """Whether `name` ends like a body and holds no word that a name cannot hold; 部门 or 责任单位 alone is none."""
    if not 2 <= len(name) <= LONGEST_NAME or _SHAPE.fullmatch(name) is None or _BEGINNING.match(name):
        return False
    stem = _ALIAS_ENDING.sub("", name)
    if not is_balanced(name) or _BARE.fullmatch(stem):
        return False
    return _BEARER.fullmatch(stem) is not None or (
        _ENDING.search(stem) is not None and STOP.search(_GIVEN.sub("", stem)) is None
    )


def is_area(name: str) -> bool:
    """Whether `name` is an area that acts as a unit: 各区, 各县(市、区), 街道(乡镇), 各地."""
    return _AREA.fullmatch(name) is not None


def is_place(name: str) -> bool:
    """Whether `name` could be one named area: 越秀区, 滨海新区."""
    return _PLACE.fullmatch(name) is not None and STOP.search(name) is None and _BEGINNING.match(name) is None


def is_unit(name: str) -> bool:
    """A body, an area that acts, or a named area."""
    return is_body(name) or is_area(name) or is_place(name)


def is_office(name: str) -> bool:
    """Whether `name` may be an office inside a body, or a body by its short name: 基教处, 教科院, 思政科."""
    return _OFFICE.fullmatch(name) is not None and STOP.search(name) is None and _BEGINNING.match(name) is None


def is_generic(name: str) -> bool:
    """Whether `name` is a body only by its kind: 有关部门, 市有关部门, 5个部门, 部门."""
    return _GENERIC.fullmatch(name) is not None


def is_bare(name: str) -> bool:
    """Whether `name` says no more than the kind or a part in the task: 部门, 单位和个人, 责任单位."""
    return _BARE.fullmatch(name) is not None


def is_balanced(name: str) -> bool:
    """Whether every bracket and quote in `name` is closed."""
    return name.count("(") == name.count(")") and name.count("“") == name.count("”")


def ends_like_body(name: str) -> bool:
    """Whether `name` has a body's ending, whatever stands before it."""
    return _ENDING.search(_ALIAS_ENDING.sub("", name)) is not None


def unit_end(text: str, start: int, limit: int) -> int:
    """End of the longest unit name that begins at `start` and ends by `limit`, else -1. 部门 closes a name."""
    if bearer := _BEARER.match(text, start, limit):
        return bearer.end()
    stop = STOP.search(text, start, limit)
    end = -1
    for found in _UNIT.finditer(text, start, stop.start() if stop else limit):
        if text.endswith("部门", start, max(end, start)) and not _GOES_ON.match(text, end):
            break
        end = found.end()
    delegate = _DELEGATE.match(text, end, limit) if end > start else None
    return delegate.end() if delegate else end


def generic_end(text: str, start: int, limit: int) -> int:
    """End of the generic body (有关部门, 部门、单位) at `start`, else -1."""
    found = _GENERIC.match(text, start, limit)
    return found.end() if found else -1
