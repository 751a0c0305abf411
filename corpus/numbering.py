"""The numbering grammar of Chinese official documents: what a number at the start of a line looks like.

    marker   = ordinal | ideograph | bracketed | figure | half | circled | decimal | letter | dash | bullet
    ordinal  = 第 numeral 编|篇|卷|部分|章|节|条 [之 numeral]      第三章  第十二条  第八条之一
    ideograph = numeral 、                                        一、  十二．
    bracketed = （ numeral ）  |  （ figures ）                     （一）  （1）  ㈠  ⑴
    figure   = figures .|、  not before a digit                    1.  12．  3、
    spaced   = figures, space, a short title                      1 总则
    decimal  = figures . figures [. figures …]                    1.1  2.3.1

A few shapes are numbers only in company: `1.80周岁` is item 1 when item 2 follows, `3.5` is a section when 3.4 came
before. Such markers are `tentative`, and `settled` keeps those whose sequence speaks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from corpus.numerals import value_of


class Kind(IntEnum):
    """Kinds of marker, ordered by the rank that they have where a document keeps to the usual nesting."""

    PART = 10
    CHAPTER = 20
    SECTION = 30
    ARTICLE = 40
    IDEOGRAPH = 50
    BRACKETED = 60
    SPACED_FIGURE = 69
    FIGURE = 70
    DECIMAL = 71
    BRACKETED_FIGURE = 80
    HALF_BRACKETED_FIGURE = 81
    CIRCLED = 90
    LETTER = 91
    DASH = 100
    BULLET = 101


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line: `start` to `end` as written, the item's own words from `body` on.

    `value` counts from 1 (0 for a dash or bullet). `depth` tells 1.1 from 1.1.1, `prefix` is what stands before the last
    figure. `tentative`: it is a number only if a neighbour in the sequence is found.
    """

    kind: Kind
    value: int
    start: int
    end: int
    body: int
    depth: int = 1
    prefix: str = ""
    tentative: bool = False

    @property
    def key(self) -> tuple[Kind, int]:
        return self.kind, self.depth

    @property
    def dotted(self) -> str:
        """The whole number in figures: `2.3.1`."""
        return f"{self.prefix}.{self.value}" if self.prefix else str(self.value)

    @property
    def rank(self) -> float:
        return self.kind + (self.depth - 1) / 100


_HAN = "零〇○一二三四五六七八九十百两"
_DIGIT = "0-9０-９"
_GAP = r"[^\S\n\t]*[\u200b\ufeff]*[^\S\n\t]*"

_ORDINAL_KINDS = {
    "编": Kind.PART,
    "篇": Kind.PART,
    "卷": Kind.PART,
    "部分": Kind.PART,
    "章": Kind.CHAPTER,
    "节": Kind.SECTION,
    "条": Kind.ARTICLE,
}
# What follows a reference (`第三条规定的`, `第一条、第二条`) and not a numbered article.
_REFERENCE = rf"(?:规定|所[称列述指]|第|款|项(?!目)|之规定|中的|的(?!确)|[和、及至或]{_GAP}[第{_HAN}]|[，,；;。）)》])"
ORDINAL = re.compile(
    rf"第{_GAP}([{_HAN}{_DIGIT}](?:{_GAP}[{_HAN}{_DIGIT}]){{0,6}}){_GAP}(编|篇(?!章)|卷|部分|章(?!程)|节|条)"
    rf"(?:之([一二三四五六七八九十]))?(?!{_REFERENCE})"
)
_IDEOGRAPH = re.compile(rf"([{_HAN}]{{1,4}}){_GAP}[、．.](?![{_HAN}][级类期线审批季次等、])")
_BRACKETED = re.compile(
    rf"(?:[（(〔\[【]{_GAP})?([{_HAN}]{{1,4}}){_GAP}[）)〕\]】](?:{_GAP}[、.．])?(?!项(?!目)|款(?!待)|[、和及至或][（(])"
)
_FIGURE = re.compile(rf"([{_DIGIT}]{{1,3}}){_GAP}[.．、](?![{_DIGIT}])")
_FIGURE_THEN_FIGURE = re.compile(rf"([{_DIGIT}]{{1,3}})[.．、](?=[{_DIGIT}])(?![{_DIGIT}]+{_GAP}[%％‰万亿倍])")
_DECIMAL = re.compile(rf"([{_DIGIT}]{{1,2}}(?:[.．][{_DIGIT}]{{1,2}}){{1,3}})(?![{_DIGIT}])[.．、]?")
_BRACKETED_FIGURE = re.compile(rf"[（(]{_GAP}([{_DIGIT}]{{1,2}}){_GAP}[）)](?:{_GAP}[、.．])?(?![、和及至或][（(])")
_HALF_BRACKETED_FIGURE = re.compile(rf"([{_DIGIT}]{{1,2}}){_GAP}[）)](?:{_GAP}[、.．])?")
_SPACED_FIGURE = re.compile(rf"([{_DIGIT}]{{1,2}})[^\S\n\t]{{1,4}}(?=[一-鿿][^。；，：\n]{{1,28}}\Z)")
_LETTER = re.compile(r"[（(]?([a-zA-Z])[.．、）)](?![a-zA-Z0-9.])")
_DASH = re.compile(r"(?:[—―─━–]{1,8}|－{1,4}|-{2,4})(?![—―─━–－-])")
_BULLET = re.compile(r"[•●○■□◆◇▪▶►➢★☆※·]")
_SINGLE = {
    Kind.CIRCLED: (("①", 20), ("㉑", 15), ("❶", 10), ("⓪", 1)),
    Kind.BRACKETED_FIGURE: (("⑴", 20),),
    Kind.FIGURE: (("⒈", 20),),
    Kind.BRACKETED: (("㈠", 10),),
}
# After `1.1` these make it a measure, not a section.
_MEASURE = re.compile(r"[^\S\n]*(?:[%％‰万亿元个倍级年月日号米吨度公平千百]|[a-zA-Z]|周岁)")
_WORD = re.compile(r"[^\W_]")


def markers_at(text: str, start: int, end: int) -> Iterator[Marker]:
    """Every reading of a number at `start`, the likeliest first; nothing if the line has no words."""
    if start >= end or not _WORD.search(text, start, end):
        return
    for read in (_ordinal, _decimal, _plain, _single, _undecorated):
        yield from read(text, start, end)


def _marker(text: str, kind: Kind, value: int, start: int, end: int, stop: int, tentative: bool = False) -> Marker:
    body = end
    while body < stop and (text[body].isspace() or text[body] in "\u200b\ufeff"):
        body += 1
    return Marker(kind, value, start, end, body, tentative=tentative)


def _ordinal(text: str, start: int, end: int) -> Iterator[Marker]:
    if text[start] == "第" and (found := ORDINAL.match(text, start, end)) and (value := value_of(found[1])):
        yield _marker(text, _ORDINAL_KINDS[found[2]], value, start, found.end(), end)


def _decimal(text: str, start: int, end: int) -> Iterator[Marker]:
    found = _DECIMAL.match(text, start, end)
    if not found or _MEASURE.match(text, found.end(), end) or found.end() == end:
        return
    figures = [value_of(part) for part in re.split("[.．]", found[1])]
    if all(figures):
        marker = _marker(text, Kind.DECIMAL, figures[-1] or 0, start, found.end(), end, tentative=True)
        prefix = ".".join(str(figure) for figure in figures[:-1])
        yield replace(marker, depth=len(figures), prefix=prefix)


_PLAIN = (
    (Kind.IDEOGRAPH, _IDEOGRAPH),
    (Kind.BRACKETED, _BRACKETED),
    (Kind.BRACKETED_FIGURE, _BRACKETED_FIGURE),
    (Kind.FIGURE, _FIGURE),
    (Kind.HALF_BRACKETED_FIGURE, _HALF_BRACKETED_FIGURE),
)


def _plain(text: str, start: int, end: int) -> Iterator[Marker]:
    for kind, pattern in _PLAIN:
        found = pattern.match(text, start, end)
        if found and (value := value_of(found[1])):
            yield _marker(text, kind, value, start, found.end(), end)
    if (found := _FIGURE_THEN_FIGURE.match(text, start, end)) and (value := value_of(found[1])):
        yield _marker(text, Kind.FIGURE, value, start, found.end(), end, tentative=True)
    spaced = _SPACED_FIGURE.match(text[start:end]) if end - start < 40 else None
    if spaced and (value := value_of(spaced[1])):
        yield _marker(text, Kind.SPACED_FIGURE, value, start, start + spaced.end(1), end, tentative=True)
    if found := _LETTER.match(text, start, end):
        yield _marker(text, Kind.LETTER, ord(found[1].lower()) - 96, start, found.end(), end, tentative=True)


def _single(text: str, start: int, end: int) -> Iterator[Marker]:
    for kind, ranges in _SINGLE.items():
        for first, count in ranges:
            if 0 <= (offset := ord(text[start]) - ord(first)) < count:
                yield _marker(text, kind, offset + 1, start, start + 1, end)


def _undecorated(text: str, start: int, end: int) -> Iterator[Marker]:
    for kind, pattern in ((Kind.DASH, _DASH), (Kind.BULLET, _BULLET)):
        if found := pattern.match(text, start, end):
            yield _marker(text, kind, 0, start, found.end(), end)


def settled(readings: Sequence[Sequence[Marker]]) -> list[Marker | None]:
    """One marker, or none, for each line: of a line's readings the first that is certain or that its sequence confirms.

    A tentative marker needs the number before it (the last one settled with the same key and prefix), the one after it
    (the next reading with the same key), or, for `2.1`, the `2` above it.
    """
    following = _following(readings)
    last: dict[tuple[Kind, int, str], int] = {}
    above: set[str] = set()
    chosen: list[Marker | None] = []
    for line, candidates in enumerate(readings):
        pick = next((m for m in candidates if not m.tentative or _confirmed(m, last, following[line], above)), None)
        if pick is not None:
            last[*pick.key, pick.prefix] = pick.value
        if pick is not None and pick.kind in (Kind.SPACED_FIGURE, Kind.FIGURE, Kind.DECIMAL):
            above = {number for number in above if pick.prefix and pick.prefix.startswith(number)} | {pick.dotted}
        chosen.append(pick)
    return chosen


def _confirmed(
    marker: Marker,
    last: dict[tuple[Kind, int, str], int],
    after: dict[tuple[Kind, int, str], int],
    above: set[str],
) -> bool:
    place = (*marker.key, marker.prefix)
    if marker.value > 1 and last.get(place) == marker.value - 1:
        return True
    if marker.kind is Kind.DECIMAL and marker.value == 1 and marker.prefix in above:
        return True
    return (
        last.get(place) != marker.value
        and (marker.value == 1 or place not in last)
        and after.get(place) == marker.value + 1
    )


def _following(readings: Sequence[Sequence[Marker]]) -> list[dict[tuple[Kind, int, str], int]]:
    """For each line, the value of the next reading under each key that one of the line's tentative markers has."""
    upcoming: dict[tuple[Kind, int, str], int] = {}
    found: list[dict[tuple[Kind, int, str], int]] = []
    for candidates in reversed(readings):
        places = [(*m.key, m.prefix) for m in candidates if m.tentative]
        found.append({place: upcoming[place] for place in places if place in upcoming})
        upcoming.update({(*m.key, m.prefix): m.value for m in candidates})
    return found[::-1]
