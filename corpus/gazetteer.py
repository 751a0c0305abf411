"""Places of China in a text: provinces, cities, counties, by full name, short name or English name.

Offsets count characters of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.places import Place, PlaceName, english_key, place_tables

NATION = "全国"
_RANK = {"province": 0, "city": 1, "county": 2}

# A short name before one of these belongs to another name (南开大学, 北京路).
_LONGER = re.compile(
    r"大学|学院|学校|[中小]学|科技大|师范|医院|银行|证券|大街|大道|大厦|大桥|[东南西北中]?[路街巷桥寺塔]|日报|晚报"
)
# Characters that make a common word with the last (after) or first (before) of a short name: 南|开展, 扩|大连, 制|定西.
_WORD_AFTER = {
    "开": "展发放始工通设辟拓创采办业",
    "安": "全装置排心",
    "化": "解工学肥",
    "理": "念论财想",
    "通": "过知信道",
    "田": "园",
}
_WORD_BEFORE = {
    "大": "重扩巨加最较强壮做远",
    "海": "江河上",
    "三": "第十百",
    "和": "温共",
    "通": "交流沟贯",
    "新": "创革更最全",
    "衡": "均平",
    "定": "制规决确稳医法约",
    "河": "江黄淮",
    "宁": "西南",
}
_ENGLISH_LEVEL = re.compile(
    r"\s+(?:(autonomous\s+(?:region|prefecture|county)|new\s+area)|(municipality|province|prefecture|city|district|county))\b",
    re.I,
)
_ENGLISH_LONGER = re.compile(
    r"\s+(?:university|college|institute|hospital|bank|road|street|avenue|river|lake|sea|opera)\b", re.I
)
_WORD = re.compile(r"[A-Za-z]+(?:['’\-][A-Za-z]+)*")
_JOIN = re.compile(r"\s*,\s*|\s+(?:of|in)\s+|\s+")
_ENDINGS = {
    "province": "省",
    "district": "区",
    "county": "县旗",
    "city": "市",
    "municipality": "市",
    "prefecture": "州盟区",
}
_NATIONAL = re.compile(
    r"中华人民共和国|中共中央|中央(?:军委|办公厅|全面|网络安全)|国务院|全国(?:人民代表大会|人大|政协|总工会|老龄)|最高人民(?:法院|检察院)"
    r"|国家(?!电网|开发银行|级|重点|高新)[一-鿿]{1,14}?(?:局|委|委员会|总局|办公室|中心)"
    r"|(?:^|[\s、，；（])(?:工业和信息化|人力资源(?:和)?社会保障|住房(?:和)?城乡建设|教育|科技|科学技术|公安|民政|司法|财政|自然资源|生态环境|环境保护"
    r"|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|应急管理|退役军人事务|外交|国土资源|铁道|卫生|国防)部"
)
_BODY = re.compile(r"人民政府|人民代表大会|人大|政府|办公[厅室]|委员会|[委局厅院]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start` to `end` of the text name one of `places`: every candidate, larger places first.

    A chain (`天津市南开区`, `Nankai District, Tianjin`) is one mention of its lowest place.
    """

    start: int
    end: int
    text: str
    places: tuple[Place, ...]


def places_in(text: str) -> list[Mention]:
    """Places named in Chinese, in order, without overlap. A short name inside another name (南开大学) is no mention."""
    found: list[Mention] = []
    for start, end, names in _chinese_names(text):
        last = found[-1] if found else None
        if last is not None and last.end == start:
            body = bool(_BODY.match(text, end))
            below = [
                name for name in names if _is_below(name.place, last.places) and not (name.weak and name.short and body)
            ]
            if below:
                found[-1] = _mention(text, last.start, end, below)
                continue
        alone = [name for name in names if not name.weak]
        if alone:
            found.append(_mention(text, start, end, alone))
    return found


def places_in_english(text: str) -> list[Mention]:
    """Places named in English or pinyin (Nankai District, Inner Mongolia), any case, in order, without overlap."""
    found: list[Mention] = []
    for mention in _english_names(text):
        last = found[-1] if found else None
        if last is not None and _JOIN.fullmatch(text, last.end, mention.start):
            below = [place for place in last.places if _is_below(place, mention.places)]
            if below:
                found[-1] = Mention(last.start, mention.end, text[last.start : mention.end], tuple(below))
                continue
        found.append(mention)
    return found


def region_of(text: str) -> str | None:
    """The full name of the place that a title or an issuer is about; `全国` for a national body; None when unclear.

    The first place named by its full name decides, then a body's short name (`遂宁市政府`), then any place.
    """
    mentions = places_in(text)
    national = _NATIONAL.search(text)
    # 国家税务总局|广州市税务局 is a local body of a national one.
    if national is not None and not any(mention.start <= national.end() for mention in mentions):
        return NATION
    for mention in _by_weight(text, mentions):
        exact = [place for place in mention.places if mention.text.endswith(place.name)] or list(mention.places)
        top = [place for place in exact if place.level == exact[0].level]
        if len(top) == 1:
            return top[0].full
    return None


def region_of_file(name: str) -> str | None:
    """The full name of the place that a file's name tells, in Chinese or pinyin (`huoshan_kaifaqu.txt`); None when unclear."""
    stem = re.sub(r"\.[A-Za-z]{1,5}$", "", name)
    said = region_of(stem)
    if said is not None:
        return said
    ambiguous = _ambiguous_pinyin()
    for mention in places_in_english(re.sub(r"[_\-\s\d.]+", " ", stem)):
        if mention.text.lower() in ambiguous:
            continue
        top = [place for place in mention.places if place.level == mention.places[0].level]
        if len(top) == 1:
            return top[0].full
    return None


@cache
def _ambiguous_pinyin() -> frozenset[str]:
    lines = (Path(__file__).parent / "ambiguous_pinyin.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _by_weight(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that a title is likely about first: full names, names before a body, the rest; each in order."""

    def weight(mention: Mention) -> int:
        if any(mention.text.endswith(place.name) for place in mention.places):
            return 0
        return 1 if _BODY.match(text, mention.end) else 2

    return sorted(mentions, key=weight)


def _chinese_names(text: str) -> Iterator[tuple[int, int, tuple[PlaceName, ...]]]:
    tables = place_tables()
    at, size = 0, len(text)
    while at < size - 1:
        for length in tables.lengths.get(text[at : at + 2], ()):
            names = tables.chinese.get(text[at : at + length], ()) if at + length <= size else ()
            if names and not (names[0].short and _is_inside_word(text, at, at + length)):
                yield at, at + length, names
                at += length
                break
        else:
            at += 1


def _is_inside_word(text: str, start: int, end: int) -> bool:
    if _LONGER.match(text, end):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(
        (after and after in _WORD_AFTER.get(text[end - 1], ""))
        or (before and before in _WORD_BEFORE.get(text[start], ""))
    )


def _is_below(place: Place, above: Sequence[Place]) -> bool:
    return any(place.full != other.full and place.full.startswith(other.full) for other in above)


def _mention(text: str, start: int, end: int, names: Sequence[PlaceName]) -> Mention:
    places = sorted({name.place for name in names}, key=lambda place: (_RANK[place.level], place.full))
    return Mention(start, end, text[start:end], tuple(places))


def _english_names(text: str) -> Iterator[Mention]:
    tables = place_tables()
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        for count in (2, 1):
            last = words[min(at + count, len(words)) - 1]
            names = tables.english.get(english_key(text[words[at].start() : last.end()]), ())
            mention = _english_mention(text, words[at].start(), last.end(), names)
            if mention is not None:
                yield mention
                at = next((n for n in range(at, len(words)) if words[n].start() >= mention.end), len(words))
                break
        else:
            at += 1


def _english_mention(text: str, start: int, end: int, names: Sequence[PlaceName]) -> Mention | None:
    if not names or _ENGLISH_LONGER.match(text, end):
        return None
    level = _ENGLISH_LEVEL.match(text, end)
    if level is None:
        names = [name for name in names if not name.weak]
        return _mention(text, start, end, names) if names else None
    endings = _ENDINGS.get(level[2].lower(), "") if level[2] else "区州县"
    fitting = [name for name in names if name.place.name[-1] in endings]
    return _mention(text, start, level.end(), fitting or names)
