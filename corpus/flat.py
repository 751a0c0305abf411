"""Numbers in the middle of a line, where a document lost its line breaks.

A number inside a line starts an item only if it stands where a sentence has ended and continues a sequence (1 and 2, or
the number after the last). `第三条` in `依照第三条的规定`, and anything between quotation marks, does neither.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formulas import PAPER
from corpus.numbering import ORDINAL, Kind, Marker, markers_at

_SHORTEST = 60
_INLINE = re.compile(
    rf"(?:{ORDINAL.pattern})|[（(〔]?[一二三四五六七八九十百〇]{{1,4}}[）)〕、]|(?<![\d.．])\d{{1,3}}[.．、](?!\d)"
)
_QUOTED = re.compile(r"“[^“”\n]*”|《[^《》\n]*》|「[^「」\n]*」")
_TOP = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.IDEOGRAPH)
_ENDED = "。！？!?；;：:”）)》」』"
_BARE_TITLE = re.compile(r"[^。；：，！？\n]{0,30}")
_LETTERHEAD = re.compile(
    r"(?P<salutation>\A[^。：:]{4,160}[：:])"
    r"|(?<=。)(?P<signed>[^。，；：\n]{4,60}?[\d〇一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)"
    rf"|(?P<title>(?:\A|(?<=[。）]))[^。，；：\n]{{6,60}}?{PAPER}(?:（[^（）]*）)?(?=为(?:了|深入|贯彻|全面|进一步|落实|加快|推进|切实|规范|加强|促进|认真|做好|充分)))"
    r"|(?P<note>[（(][^（）()]{2,20}(?:公开|发布|印发)[）)])"
)
_LAST_TITLE = re.compile(r"[^。；：！？）)\n]{4,60}")


@dataclass(frozen=True, slots=True)
class _Inline:
    marker: Marker
    free: bool  # stands where a sentence or a line has ended


def cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets inside the line at which items begin, if the line holds several chapters, articles or `一、`."""
    if end - start < _SHORTEST:
        return []
    inline = _inline(text, start, end)
    kept = _in_sequence(text, inline)
    if sum(marker.kind in _TOP for marker in kept) < 2:
        return []
    frame = {*_letterhead(text, start, kept[0].start), *_letterhead(text, kept[-1].start, end, title=False)}
    return sorted({*frame, *(marker.start for marker in kept)} - {start, end})


def missing(text: str, start: int, end: int, before: Marker, after: Marker) -> list[int]:
    """Where the numbers between two neighbours in a sequence (1 and 3) stand inside the text between them, all or none."""
    wanted = iter(range(before.value + 1, after.value))
    value, found = next(wanted, None), []
    for item in _inline(text, start, end):
        if item.free and item.marker.key == before.key and item.marker.value == value:
            found.append(item.marker.start)
            value = next(wanted, None)
    return found if value is None else []


def _inline(text: str, start: int, end: int) -> list[_Inline]:
    quoted = [(match.start(), match.end()) for match in _QUOTED.finditer(text, start, end)]
    starts = [span[0] for span in quoted]
    found = []
    for match in _INLINE.finditer(text, start, end):
        position = match.start()
        index = bisect_right(starts, position) - 1
        if index >= 0 and position < quoted[index][1]:
            continue
        marker = next((m for m in markers_at(text, position, min(end, position + 40)) if not m.tentative), None)
        if marker is not None:
            found.append(_Inline(marker, _free(text, start, marker)))
    return found


def _free(text: str, start: int, marker: Marker) -> bool:
    before = text[max(start, marker.start - 2) : marker.start]
    if not before or before.isspace() or before.rstrip()[-1] in _ENDED:
        return True
    return marker.kind in _TOP[:4] and marker.body - marker.end >= 2


def _in_sequence(text: str, inline: Sequence[_Inline]) -> list[Marker]:
    kept: list[Marker] = []
    last: dict[Kind, int] = {}
    for index, item in enumerate(inline):
        marker = item.marker
        begins = marker.value == 1 or marker.kind not in last
        if not begins and marker.value != last[marker.kind] + 1:
            continue
        if not item.free and not _after_bare_title(text, kept, marker):
            continue
        if begins and marker.kind not in _TOP[:3] and not _has_successor(inline, index):
            continue
        kept.append(marker)
        last = {kind: value for kind, value in last.items() if kind <= max(marker.kind, Kind.ARTICLE)}
        last[marker.kind] = marker.value
    return kept


def _has_successor(inline: Sequence[_Inline], index: int) -> bool:
    kind, value = inline[index].marker.kind, inline[index].marker.value
    same = (inline[later].marker for later in range(index + 1, len(inline)) if inline[later].marker.kind is kind)
    following = next(same, None)
    return following is not None and following.value == value + 1


def _after_bare_title(text: str, kept: Sequence[Marker], marker: Marker) -> bool:
    if not kept or kept[-1].kind >= marker.kind:
        return False
    return _BARE_TITLE.fullmatch(text, kept[-1].body, marker.start) is not None


def _letterhead(text: str, start: int, end: int, *, title: bool = True) -> set[int]:
    """Where salutation, date, note and title begin and end before the first number, or date and note after the last."""
    found = {start}
    for match in _LETTERHEAD.finditer(text[start:end]):
        if title or not (match["salutation"] or match["title"]):
            found |= {start + match.start(), start + match.end()}
    last = max(text.rfind(mark, start, end) for mark in "。）)") + 1
    known = not title or _LAST_TITLE.fullmatch(text, max(found), end) or end - last > 60
    return found if known else found | {max(last, start)}
