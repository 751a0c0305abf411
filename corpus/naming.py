"""Which title is the document's: titles joined from their lines, and the one that a clerk would cite."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.elements import Element, Spoken
from corpus.formulas import COMPLETE_TITLE, DOC_NUMBER, ORGANISATION


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """Neighbouring lines that read as one title: the indexes of the lines, and the title on one line."""

    lines: tuple[int, ...]
    title: str


_WRAPPER = re.compile(
    r"^[^《》]*?(?:关于)?(?:印发|转发|批转|颁发|下发|发布|公布)(?P<inner>.+?)(?:的)?(?:通知|函|决定|公告)(?:[（(][^（）()]*[）)])*$"
)
_QUOTED = re.compile(r"《(.+)》")
_MARKS = re.compile(r"\s*[\[【](?:主题分类|发文机[构关]|索引号|失效|已?废止|有效).*$")
_SPACED = re.compile(r"(?<=[一-鿿])\s(?=[一-鿿])")
_ENOUGH_ALIKE = 0.6


def title_groups(spoken: Sequence[Spoken]) -> list[TitleGroup]:
    """The titles of the document, its wrapper and its attachments, each joined from its lines."""
    groups: list[TitleGroup] = []
    members: list[int] = []
    for index, said in enumerate(spoken):
        if members and (said.element is not Element.TITLE or not _joins([spoken[i].words for i in members], said)):
            groups.append(_group(spoken, members))
            members = []
        if said.element is Element.TITLE:
            members.append(index)
    return [*groups, _group(spoken, members)] if members else groups


def cited_title(spoken: Sequence[Spoken], groups: Sequence[TitleGroup], named: str) -> tuple[TitleGroup | None, str]:
    """The title to cite and the lines that give it; "" if there is none.

    `named` is what the metadata call the document. Of a notice that only transmits, it is the title of what is transmitted.
    """
    body = next((index for index, said in enumerate(spoken) if said.element is Element.BODY), len(spoken))
    outer = max((group for group in groups if group.lines[0] < body), key=_weight, default=None)
    title = named or (outer.title if outer else "")
    wrapper = _WRAPPER.match(title)
    if outer is not None and not wrapper:
        return outer, title
    wanted = _transmitted(wrapper["inner"]) if wrapper else ""
    inner = [group for group in groups if group.lines[0] > body and _weight(group) > 0]
    best = max(inner, key=lambda group: _alike(group.title, wanted), default=None)
    if best is not None and (not wanted or _alike(best.title, wanted) > _ENOUGH_ALIKE):
        return best, best.title
    return outer, wanted or title


def _joins(above: Sequence[str], said: Spoken) -> bool:
    """Whether a title line goes on with the title above it."""
    title = "".join(above)
    if re.match(r"[（(]", said.words):
        return True
    if COMPLETE_TITLE.search(title) or said.hashes:
        return title.count("《") > title.count("》")
    if ORGANISATION.fullmatch("".join(said.words.split())) and "关于" in title:
        return re.search("[、，和]$", title) is not None
    if said.words.startswith("关于"):
        bodies = re.split("[、，]", "".join(title.split()))
        return len(above) == 1 and all(ORGANISATION.fullmatch(body) for body in bodies)
    return True


def _group(spoken: Sequence[Spoken], members: Sequence[int]) -> TitleGroup:
    title = _MARKS.sub("", _SPACED.sub("", "".join(spoken[index].words for index in members))).strip()
    number = DOC_NUMBER.match(title)
    return TitleGroup(tuple(members), title[number.end() :].strip("-—－ ") if number and number["year"] else title)


def _transmitted(inner: str) -> str:
    quoted = _QUOTED.search(inner)
    return quoted[1] if quoted else inner.strip()


def _alike(title: str, wanted: str) -> float:
    """Share of character pairs in common, 0 to 1."""
    ours, theirs = ({words[i : i + 2] for i in range(len(words) - 1)} for words in (title, wanted))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _weight(group: TitleGroup) -> int:
    """How much a group looks like a document's title."""
    return 4 * bool(COMPLETE_TITLE.search(group.title)) + 2 * ("关于" in group.title) + (len(group.title) >= 8)
