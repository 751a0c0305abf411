"""The grammar of a duty statement's content: who is named, and in what role.

content := part (mark part)*
part    := label ":" list                  责任单位：A、B    牵头单位：A
         | list manner? verb               A、B牵头    C等按职责分工负责
         | list                            takes the role of the label or verb around it
         | other ":" anything              联系人：…    完成时限：…
         | rule | date                     列首位的为牵头单位，下同    2023年底前完成
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus.folding import Folded
from corpus.model import Role
from corpus.names import LONGEST_NAME, is_bare, is_unit
from corpus.units import Name, spelled, unit_list
from corpus.vocabulary import any_of

LONGEST_CONTENT = 1500
_LONGEST_VERB = 40

_TASK = any_of("责任 牵头 主责 主办 负责 承办 落实 实施 执行 对接 主管 配合 参与 参加 协办 协助 协同 联系 受理")
_BODY = any_of("单位 部门 处室 科室 机构 主体 机关")
LABEL = (
    rf"(?:第一|总|主要|主|共同|具体|其他|相关|有关|[省市区县]级?)?(?:{_TASK}(?:\({_TASK}\)|[和及、])?)+"
    rf"(?:\({_BODY}\)|(?:或|和|及|、|/)?{_BODY})+|(?:牵头|配合|责任|落实)(?=[ :])"
)
_LABEL = re.compile(rf" *(?P<word>{LABEL})(?: ?: ?| +|[为是]:?|(?=[省市县区各]))")
_NEXT_LABEL = re.compile(rf"(?<![一-鿿])(?:{LABEL}) ?:|(?<=[局委厅办部府会])(?:{LABEL}) ?:|(?<= )[一-鿿]{{2,8}} ?:")
_OTHER_LABEL = re.compile(r" *[^,;:、。\n]{1,12}:")
_NUMBER = re.compile(" *[0-9]{1,2}[.．)]")
_LEAD_WORD = re.compile("牵头|主责|主办|第一")
_SUPPORT_WORD = re.compile("配合|参与|参加|协办|协助|协同")

_MANNER = (
    "(?:(?:按照?|依照?|根据|依据|结合)?(?:各自|部门|单位|工作)*(?:职责|职能|任务|权限|责任)(?:范围|权限)?内?(?:的?分工)?|"
    "分工|分别|分头|共同|具体|统一|积极|协同|各自|联合|密切|按|全面|等)*"
)
_VERB = re.compile(
    f"{_MANNER}(?:"
    "(?P<lead>总?牵头(?:负责|组织|落实|实施|推进|协调|抓总|办理|制定|开展)*|主办|主责|总负责)|"
    "(?P<support>(?:配合|协助|参与|参加|协办|支持)(?:落实|实施|推进|做好|办理)*)|"
    "(?P<plain>(?:负责|指导|督导|组织|落实|实施|承办|承担|推进|办理|执行|贯彻)+|(?:按照?|根据)[^,;。]{0,6}职[责能](?:分工)?))"
    "(?= *$| *会同)"
)
_RULE = re.compile(
    any_of(
        """下同 列首 列第 首位 第一位 排名 排在 为(?:第一)?(?:牵头|责任) 不再 单独列 以下 以上 另行 除标注 工作任务
        盖章 公章 填写 签[章字]"""
    )
)
_WHEN = re.compile("[0-9]{4}年|[0-9]+月|前(?:完成|出台|印发)|^(?:长期|持续|全年|立即|每年|即时|常态化|适时|尽快|同步)")
_NO_NAME = re.compile(r"[0-9\W_A-Za-z]*|\(.*|无|略|暂无|其他|全市|全省|全区|全县")
_NO_TRUSTED_NAME = re.compile("[:《》?!。]")
_FIRST = "(?:(?:列|排)[名列在于]{0,3}(?:第一|第1|最?[首前])|第一|首)[位名个家面]?"
_FIRST_LEADS = re.compile(
    f"{_FIRST}(?:列出)?[者的]?(?:责任)?(?:单位|部门)?[者的]?,?[均都即]?(?:[为是系]|作为|负责)[^,。;]{{0,6}}?(?:牵头|主办|主责|第一责任)"
    f"|{_FIRST}的?(?:责任)?(?:单位|部门)牵头"
)
_REMARK = re.compile(
    r"\((?:(?P<part>牵头|主责|主办|负责|配合|协办|协助|参与)(?:单位|部门)?|[^()]*(?:下同|牵头|排名|首位)[^()]*)\)$"
)
_HELPED = ("会同", "联合", "会", "商")

Told = Literal["label", "verb", "nothing"]


@dataclass(frozen=True, slots=True)
class Named:
    """A listed unit, its role, and what told the role: a label, a verb, or nothing in a bare list."""

    name: Name
    role: Role
    told: Told


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    mark: str


def first_leads_at(view: Folded) -> int | None:
    """View offset of the rule that the unit listed first leads, None where there is none."""
    found = _FIRST_LEADS.search(view.text)
    return found.start() if found else None


def named_units(view: Folded, start: int, end: int, role: Role | None = None) -> list[Named]:
    """The units that the content `view[start:end]` names, in order; `role` holds until a label or verb gives another.

    No content is longer than `LONGEST_CONTENT` characters: what follows is not read.
    """
    return _Reader(view, role).read(start, min(end, start + LONGEST_CONTENT))


def with_helpers(names: list[Name], role: Role) -> Iterator[tuple[Name, Role]]:
    """The names with their roles: in `A会同B、C` A leads and what follows supports, otherwise all have `role`."""
    helped = next((index for index, name in enumerate(names) if index and name.mark in _HELPED), len(names))
    for index, name in enumerate(names):
        yield name, role if helped == len(names) else "lead" if index < helped else "support"


class _Reader:
    """Reads content left to right. Lists wait in `waiting` until a verb, the next label or the end gives them their role."""

    def __init__(self, view: Folded, role: Role | None) -> None:
        self.view = view
        self.role = role
        self.skipping = False
        self.led = False
        self.waiting: list[tuple[int, int]] = []
        self.named: list[Named] = []

    def read(self, start: int, end: int) -> list[Named]:
        for segment in _segments(self.view.text, start, end):
            begin = self._label(segment)
            if not self.skipping:
                self._list(begin, segment)
        self._give(self.role or ("support" if self.led else None), "nothing")
        return self.named

    def _label(self, segment: _Segment) -> int:
        """Where the segment's list begins, after the label that it may have."""
        text = self.view.text
        if label := _LABEL.match(text, segment.start, segment.end):
            self._give(self.role, "nothing")
            self.role, self.skipping = label_role(label["word"]), False
            return label.end()
        if segment.mark == "。" or _OTHER_LABEL.match(text, segment.start, segment.end):
            self._give(self.role, "nothing")
            self.skipping = True
        return segment.start

    def _list(self, begin: int, segment: _Segment) -> None:
        if verb := _VERB.search(self.view.text, max(begin, segment.end - _LONGEST_VERB), segment.end):
            self._wait(begin, verb.start())
            self._give_by(verb)
            begin = verb.end()
        self._wait(begin, segment.end)

    def _wait(self, start: int, end: int) -> None:
        words = _REMARK.sub("", spelled(self.view, start, end))
        if not words or (not is_unit(words) and (_RULE.search(words) or _WHEN.search(words))):
            return
        if self.waiting and start == self.waiting[-1][1] + 1:
            self.waiting[-1] = (self.waiting[-1][0], end)
        else:
            self.waiting.append((start, end))

    def _give_by(self, verb: re.Match[str]) -> None:
        if verb["lead"]:
            self.led = True
            self._give("lead", "verb")
        elif verb["support"]:
            self._give("support", "verb")
        else:
            self._give(self.role, "verb")

    def _give(self, role: Role | None, told: Told) -> None:
        for start, end in self.waiting:
            helping = self.led and role != "lead" and self.view.text.startswith(_HELPED[:2], start)
            given: Role = "support" if helping else role or "responsible"
            known: Told = "label" if self.role else told
            for name, own in with_helpers(unit_list(self.view, start, end), given):
                named = _remarked(self.view, Named(name, own, known))
                if _is_nameable(named.name.spelled):
                    self.named.append(named)
        self.waiting = []


def _remarked(view: Folded, named: Named) -> Named:
    """市教育局(牵头): what the bracket after a name says of its role, not of its name."""
    name = named.name
    remark = _REMARK.search(view.text, name.start, name.end)
    if remark is None:
        return named
    start, end = name.start, remark.start()
    bare = replace(name, unit=view.written(start, end), spelled=spelled(view, start, end), end=end)
    return Named(bare, label_role(remark["part"]), "verb") if remark["part"] else replace(named, name=bare)


def label_role(word: str) -> Role:
    """The role that a folded label such as 牵头单位 or 配合 gives."""
    if _LEAD_WORD.search(word):
        return "lead"
    return "support" if _SUPPORT_WORD.search(word) else "responsible"


def _segments(text: str, start: int, end: int) -> Iterator[_Segment]:
    """Spans between marks that stand outside nested brackets and quotes; a label begins a segment without any mark."""
    labels = {found.start() for found in _NEXT_LABEL.finditer(text, start, end)}
    depth, begin, mark = 0, start, ""
    for at in range(start, end):
        char = text[at]
        depth = max(0, depth + (char in "(“《") - (char in ")”》"))
        if depth == 0 and at in labels and at > begin:
            yield _Segment(begin, at, mark)
            begin, mark = at, ";"
        elif depth == 0 and (char in "、,;。|" or (char == "\n" and _breaks(text, begin, at))):
            yield _Segment(begin, at, mark)
            begin, mark = at + 1, char
    yield _Segment(begin, end, mark)


def _breaks(text: str, begin: int, at: int) -> bool:
    """Whether the line break at `at` separates: after a whole name, or before a number. After half a name it only wraps."""
    name = _NUMBER.sub("", text[begin:at].rsplit(":", 1)[-1], count=1)
    return _NUMBER.match(text, at + 1) is not None or (len(name) <= 2 * LONGEST_NAME and is_unit("".join(name.split())))


def _is_nameable(name: str) -> bool:
    """Whether a name may stand in a list that says it lists units; wider than `is_unit`, which judges open text."""
    if _NO_NAME.fullmatch(name) or is_bare(name) or not 2 <= len(name) <= LONGEST_NAME:
        return False
    return is_unit(name) or not (_RULE.search(name) or _WHEN.search(name) or _NO_TRUSTED_NAME.search(name))
