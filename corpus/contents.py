"""Tables of contents: lines that only repeat the headings that follow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.lines import Line

_HEADED = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"(?:[.…·．。]{3,}|\t|\s{3,})\s*[-—(（]?\s*\d{1,4}\s*[-—)）]?$")
_PAGE = re.compile(r"[.…·．\-—_]*\d{0,4}$")
_LONGEST = 80


def contents_of(lines: Sequence[Line], words: Sequence[str]) -> set[int]:
    """The indexes of the lines that make up tables of contents, their own heading included.

    Without the heading 目录 only what stands before all prose can be one.
    """
    keys = [_key(line, text) for line, text in zip(lines, words, strict=True)]
    last = {key: index for index, key in enumerate(keys) if key}
    found: set[int] = set()
    index, prose = 0, False
    while index < len(lines):
        headed = _HEADED.fullmatch(words[index].strip()) is not None
        stop = _stop(lines, words, keys, last, index + headed, headed)
        if stop - index >= 3 and (headed or not prose):
            found.update(range(index, stop))
        prose = prose or (not keys[index] and not lines[index].table)
        index = max(stop, index + 1) if headed or not prose else index + 1
    return found


def _stop(
    lines: Sequence[Line], words: Sequence[str], keys: Sequence[str], last: dict[str, int], stop: int, headed: bool
) -> int:
    """The end of the run of repeated headings from `stop` on; it is over where its own first lines come again."""
    seen: set[str] = set()
    while stop < len(lines) and keys[stop] not in seen:
        if not _repeated(lines[stop], words[stop], keys[stop], last, stop, headed):
            break
        seen.add(keys[stop])
        stop += 1
    return stop


def _key(line: Line, words: str) -> str:
    if line.table or len(words) > _LONGEST:
        return ""
    return _PAGE.sub("", "".join(words.split())).rstrip("。:：")


def _repeated(line: Line, words: str, key: str, last: dict[str, int], index: int, headed: bool) -> bool:
    if not key or line.table:
        return False
    if headed and _LEADER.search(words):
        return True
    return (headed or line.marker is not None) and last.get(key, index) > index
