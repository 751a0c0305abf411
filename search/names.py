"""Unit names: one body is written in many ways. 市教委 is 市教育委员会, 区发改委 is 区发展改革委.

`canonical` brings a name to its usual short form; `UnitIndex` finds the units of a library that a question means.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.gazetteer import places_in
from index.embedder import Embedder

MEANING_THRESHOLD = 0.45

_SHORT = (
    ("发展和改革", "发改"), ("发展改革", "发改"), ("工业和信息化", "工信"), ("经济和信息化", "经信"), ("卫生健康", "卫健"),
    ("人力资源和社会保障", "人社"), ("人力资源社会保障", "人社"), ("住房和城乡建设", "住建"), ("住房城乡建设", "住建"),
    ("自然资源和规划", "资规"), ("规划和自然资源", "规资"), ("规划资源", "规资"), ("市场监督管理", "市场监管"),
    ("国有资产监督管理", "国资"), ("网络安全和信息化", "网信"), ("互联网信息", "网信"), ("教育委员会", "教委"),
    ("文化和旅游", "文旅"), ("农业和农村", "农业农村"), ("交通运输", "交通"), ("生态环境", "环境"), ("科学技术", "科技"),
    ("医疗保障", "医保"), ("人民政府", "政府"), ("管理委员会", "管委会"), ("委员会", "委"), ("办公室", "办"),
)  # fmt: skip
_LEVEL = re.compile(r"^(?:中共|国家|全国|各|本|我)?(?:自治区|自治州|省|市|区|县|州|盟|旗|镇|乡)?(?=..)")
_LEVEL_EN = {"municipal": "市", "provincial": "省", "district": "区", "county": "县"}
_JOINERS = re.compile(r"[、，,和与及跟]|以及|\s+and\s+")
_UNIT_LIKE = re.compile(
    r"(?:局|委|办|厅|部|院|政府|公司|集团|海关|中心|办公室|分局|支行|分行|银行|管委会|委员会|单位|部门|街道|法院|检察院|"
    r"总队|支队|大队|工会|妇联|科协|工商联|残联|处|所|站|学校|大学|协会|联合会|政法委|网信办|医院)$"
)


def canonical(name: str) -> str:
    """The usual short form, for comparing only: 市发展和改革委员会 → 市发改委."""
    short = re.sub(r"\s+", "", name)
    for long_form, short_form in _SHORT:
        short = short.replace(long_form, short_form)
    return short


def bare(name: str) -> str:
    """The canonical name without its place and level: 天津市教育委员会 → 教委."""
    text = canonical(name)
    for mention in places_in(text):
        if mention.start == 0 and mention.end < len(text):
            text = text[mention.end :]
            break
    return _LEVEL.sub("", text)


def looks_like_unit(name: str) -> bool:
    """Whether a phrase is built like the name of a body."""
    return 2 <= len(name) <= 30 and _UNIT_LIKE.search(name) is not None


class UnitIndex:
    """The unit names of a library, found by any of their usual forms."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._vectors: NDArray[np.float32] | None = None

    @cached_property
    def _canonical(self) -> dict[str, list[str]]:
        return _grouped(self.names, canonical)

    @cached_property
    def _bare(self) -> dict[str, list[str]]:
        return _grouped(self.names, bare)

    def resolve(self, phrase: str) -> tuple[str, ...]:
        """The units that a phrase names, exact forms before partial ones; () when none does."""
        wanted = canonical(phrase.strip(" 　“”\"'《》"))
        if len(wanted) < 2:
            return ()
        if exact := self.exactly(phrase):
            return exact
        if _LEVEL.sub("", wanted) == wanted and wanted in self._bare:
            return tuple(self._bare[wanted])
        return tuple(name for name in self.names if canonical(name).endswith(wanted))

    def exactly(self, phrase: str) -> tuple[str, ...]:
        """The units whose whole name the phrase is, place and level included; () when it is not just a name."""
        wanted = canonical(phrase.strip(" 　“”\"'《》?？。"))
        return tuple(self._canonical.get(wanted, ()) or self._canonical.get(_without_place(wanted), ()))

    def subjects(self, phrase: str) -> tuple[tuple[str, ...], ...]:
        """A phrase such as 省商务厅和海关 as the units that each part names; () when the phrase names none."""
        whole = self.resolve(phrase)
        if whole:
            return (whole,)
        parts = [part for part in _JOINERS.split(phrase) if part.strip()]
        found = tuple(self.resolve(part) for part in parts)
        return found if len(parts) > 1 and all(found) else ()

    def by_meaning(self, phrase: str, embedder: Embedder) -> tuple[str, ...]:
        """The units whose name means an English phrase, by the model's own vectors; () when none is near enough.

        Names are compared in their long form without level, so that 市教委 meets `Education Commission` as 教育委员会.
        """
        if not self.names:
            return ()
        if self._vectors is None:
            self._vectors = embedder.passages([_long(bare(name)) for name in self.names])
        level = next((said for word, said in _LEVEL_EN.items() if word in phrase.lower()), "")
        similarity = self._vectors @ embedder.query(re.sub("|".join(_LEVEL_EN), " ", phrase, flags=re.IGNORECASE))
        if level:
            similarity[[not name.startswith(level) for name in self.names]] = -1.0
        best = float(similarity.max())
        if best < MEANING_THRESHOLD:
            return ()
        meant = {bare(self.names[int(index)]) for index in (similarity >= best - 1e-6).nonzero()[0]}
        return tuple(name for name in self.names if bare(name) in meant and name.startswith(level))

    def nearest(self, phrase: str, limit: int = 3) -> tuple[str, ...]:
        """The names most like a phrase that names no unit."""
        forms = list(self._canonical)
        close = difflib.get_close_matches(canonical(phrase), forms, n=limit, cutoff=0.3)
        return tuple(name for form in close for name in self._canonical[form])[:limit]


def _grouped(names: Sequence[str], form: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(form(name), []).append(name)
    return groups


def _long(name: str) -> str:
    """市教委 as 市教育委员会; longer short forms first, so that 教委 is not taken for 教 and a 委."""
    for long_form, short_form in sorted(_SHORT, key=lambda pair: -len(pair[1])):
        if short_form in name and long_form not in name:
            name = name.replace(short_form, long_form)
    return name


def _without_place(name: str) -> str:
    """天津市教委 → 市教委, 南开区商务局 → 区商务局: the place goes, its level stays."""
    for mention in places_in(name):
        if mention.start == 0 and mention.end < len(name):
            level = mention.text[-1] if mention.text[-1] in "省市区县州盟旗" else ""
            return level + name[mention.end :]
    return name


def join(names: Sequence[str]) -> str:
    """Names as a Chinese list."""
    return "、".join(names)
