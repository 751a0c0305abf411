"""Duties that running text gives: who acts in a sentence that obliges.

    sentence := segment (("," | ":") segment)*
    segment  := opening? list predicate …        市教育局负责…    各区应当…    A会同B制定…    A是…的主管单位
              | … "由" list …                    本办法由A会同B负责解释
              | … "会同" list …                  supports whoever acts in the sentence

A list acts only if all of it are names and it stands where a segment begins or after 由. So goals, definitions, passives
(…应当符合) and beneficiaries (支持企业…) name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.folding import Folded
from corpus.model import Role
from corpus.names import STOP, generic_end, is_place, is_unit, unit_end
from corpus.roles import Named, with_helpers
from corpus.units import HELP, Name, unit_list
from corpus.vocabulary import KIND, any_of

_LONGEST_LIST = 600
_SENTENCE_END = "。;!?！？\n"
_NUMBER = (
    r"(?:第[一二三四五六七八九十百千0-9]+[条章节] *|[一二三四五六七八九十]+、|\([一二三四五六七八九十0-9]+\)|"
    r"[0-9]+(?:\.[0-9]+)*[.、．] *|——|[①-⑳])?(?:[一二三四五六七八九十]是)?"
)
_LINK_WORD = any_of("同时 其中 此外 另外 具体 原则上 必要时 今后 但是? 而 并且? 各自 以及 还 请")
_OPENING = re.compile(f"[ #]*{_NUMBER}{_LINK_WORD}?")
_NARRATIVE = re.compile(
    "[ #]*(?:近年来|近期|去年|目前|过去|长期以来|[^,]{0,12}(?:年来|以来),|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?,)"
)
_MODAL = "[也均都还并亦]?(?:应当|应该|应(?![急用对])|必须|务必|须|要(?![求素点件闻领])|需要?(?!求))"
_HOW = any_of("具体 主要 统一 全面 分别 共同 直接 依法 按职责 协同 积极 主动 密切")
_TASK = any_of(
    """负责(?!人|同志) 负总责 牵头 承担 履行 主管(?!领导|人员) 统筹 协调 组织(?!部) 实施 落实 制定 制订 编制 拟订 建立 健全 完善 推进 推动
    加强 加快 强化 开展 做好 抓好 督促 指导(?!意见) 监督(?!人|员) 管理(?!人|员|者) 支持 鼓励 引导 提供 定期 及时 依法 按照? 根据 依照 依据 依托 结合
    联合 会同 配合 协助 协同 参与 参加 统一 全面 严格 认真 积极 切实 每年 发布 公布 审核 受理 对
    在(?:各自|其|法定)?[^,。;]{0,6}(?:职[责权]|权限)"""
)
_POST = "(?:主管|牵头|责任|主责|管理|执法|实施|配合)(?:单位|部门|机关|机构|主体)"
_PREDICATE = re.compile(f"{_MODAL}|{_HOW}*{_TASK}|[是为][^,。;]{{0,40}}?{_POST}")
_OBLIGATION = re.compile(f"{_MODAL}|{_HOW}?负(?:责(?!人|同志)|总责)")
_SUPPORTS = re.compile(f"(?:{_MODAL})?{_HOW}*(?:配合|协助|参与|参加)")
_LEADS = re.compile(f"(?:{_MODAL})?{_HOW}*(?:[是为][^,。;]{{0,40}})?牵头")
_DONE = re.compile("[^,]{0,10}了")
_BY_OR_WITH = re.compile(r"《[^《》\n]*》|(?<![自理事缘案])由(?![于此来衷])|会同|会商|协调(?=[各有相])")
_WITH = ("会同", "会商", "协调")
_NOT_BY = re.compile("[等共同]{0,3}(?:组成|构成|担任|调整|改为|转为|变更|的)")
_HELP = re.compile(HELP)
_AND = re.compile("、|以及|及其|或者|和|及|与|或")
_NO_LIST = "和与及或并"
# Bodies that the public sector does not run act only where the text obliges them in so many words.
_MARKET = re.compile(any_of("单位 企业 机构 公司 组织 团体 运营商 社区 学校 医院 银行") + "$")
_NOBODY = re.compile(
    "(?:有权|有关|司法|任免|上级|主管|监察|决定|原)[一-鿿]{0,4}机关|.*所在单位"
    f"|(?:各|有关|相关)*(?:责任|牵头|配合|主管|主办|承办){KIND}"
)


def prose_units(view: Folded) -> list[Named]:
    """The units that the sentences of `view` oblige, in order of mention, repeats included."""
    return [
        named for start, end in _split(view.text, 0, len(view.text), _SENTENCE_END) for named in _read(view, start, end)
    ]


def _read(view: Folded, start: int, end: int) -> list[Named]:
    return [] if _NARRATIVE.match(view.text, start, end) else _Sentence(view).read(start, end)


class _Sentence:
    """Reads one sentence segment by segment. `listed` waits for a predicate; `acting` are the last that got one."""

    def __init__(self, view: Folded) -> None:
        self.view = view
        self.listed: list[Name] = []
        self.acting: list[int] = []
        self.named: list[Named] = []
        self.seen: set[int] = set()

    def read(self, start: int, end: int) -> list[Named]:
        text = self.view.text
        for begin, stop in _split(text, start, end, ",:"):
            opening = _OPENING.match(text, begin, stop)
            self._subject(opening.end() if opening else begin, stop)
            for found in _BY_OR_WITH.finditer(text, begin, stop):
                if found[0] == "由":
                    self._agent(found.end(), stop)
                elif found[0] in _WITH:
                    self._helpers(found.end(), stop)
        return self.named

    def _subject(self, begin: int, stop: int) -> None:
        """A list at the head of a segment acts if a predicate follows it, here or after the commas of a longer list."""
        names, end = self._list(begin, stop)
        listed, self.listed = self.listed + names, []
        if names and end == stop:
            self.listed = listed
            return
        public = not all(_MARKET.search(name.spelled) for name in listed)
        predicate = (_PREDICATE if public else _OBLIGATION).match(self.view.text, end, stop)
        if listed and predicate and not _DONE.match(self.view.text, predicate.end(), stop):
            self._act(listed, self._role(end, stop))

    def _agent(self, begin: int, stop: int) -> None:
        names, end = self._list(begin, stop)
        if names and not _NOT_BY.match(self.view.text, end, stop):
            self._act(names, self._role(end, stop))

    def _helpers(self, begin: int, stop: int) -> None:
        """会同 after the predicate: those who act lead, those listed support."""
        names = [name for name in self._list(begin, stop)[0] if name.start not in self.seen]
        if not names or not self.acting:
            return
        for index in self.acting:
            known = self.named[index]
            if known.role == "responsible":
                self.named[index] = Named(known.name, "lead", known.told)
        self._add((name, "support") for name in names)

    def _role(self, at: int, stop: int) -> Role:
        if _LEADS.match(self.view.text, at, stop):
            return "lead"
        return "support" if _SUPPORTS.match(self.view.text, at, stop) else "responsible"

    def _act(self, names: list[Name], role: Role) -> None:
        before = len(self.named)
        self._add(with_helpers(names, role))
        self.acting = list(range(before, len(self.named)))

    def _add(self, units: Iterator[tuple[Name, Role]]) -> None:
        for name, role in units:
            self.named.append(Named(name, role, "verb"))
            self.seen.add(name.start)

    def _list(self, begin: int, stop: int) -> tuple[list[Name], int]:
        """The longest list of nothing but names at `begin`, and its end; ([], begin) where there is none."""
        text = self.view.text
        if begin >= stop or text[begin] in _NO_LIST:
            return [], begin
        end = _list_end(text, begin, min(stop, begin + _LONGEST_LIST))
        names = unit_list(self.view, begin, end) if end > begin else []
        acts = all(is_unit(name.spelled) and not _NOBODY.fullmatch(name.spelled) for name in names)
        return (names, end) if acts and not all(is_place(name.spelled) for name in names) else ([], begin)


def _split(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Spans between the marks outside brackets and quotes; a line break ends an open bracket."""
    depth, begin = 0, start
    for at in range(start, end):
        char = text[at]
        depth = 0 if char == "\n" else max(0, depth + (char in "(“《") - (char in ")”》"))
        if char in marks and depth == 0:
            yield begin, at
            begin = at + 1
    yield begin, end


def _list_end(text: str, start: int, limit: int) -> int:
    """End of the list of names and topics at `start`, -1 where none ends."""
    end, at = -1, start
    while at < limit:
        mark, stop = text.find("、", at, limit), STOP.search(text, at, limit)
        serial = mark >= 0 and (stop is None or mark < stop.start()) and not _in_brackets(text, at, mark)
        reached = unit_end(text, at, mark) if serial else _item_end(text, at, limit, stop)
        if serial and reached in (-1, mark):
            at = mark + 1
            continue
        end = max(end, reached)
        link = _AND.match(text, reached, limit) or _HELP.match(text, reached, limit) if reached > 0 else None
        if link is None:
            break
        at = link.end()
    return end


def _in_brackets(text: str, start: int, end: int) -> bool:
    return text.count("(", start, end) > text.count(")", start, end)


def _item_end(text: str, at: int, limit: int, stop: re.Match[str] | None) -> int:
    """End of the last item before a stop word: a name, or topics with their kind (公安等部门)."""
    reached = unit_end(text, at, limit)
    if stop is None or stop[0] != "等" or reached not in (-1, stop.start()):
        return reached
    generic = generic_end(text, stop.end(), limit)
    return generic if generic > 0 else stop.end() if reached > 0 else -1
