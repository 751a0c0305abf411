"""Which documents speak for the place that a question names.

A question about 南开区 is answered from the district's documents; if they are silent, from documents without a stated
place, then from those of the city and the nation above it, then from those of places inside it. Each step is a tier.
Documents of other places never answer. 市里 and 区里 name no place, only a level: its documents come first, then all others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.gazetteer import Mention, places_in, places_in_english
from index.records import StoredDocument

Relation = Literal["any", "same", "unstated", "above", "below"]
Level = Literal["province", "city", "county"]
NATION = "全国"
_BEFORE = (
    r"(?:^|[^\u4e00-\u9fff]|请问|我们|咱们?|想问|知道|[和与跟年底末])"  # else it may be 健全市政设施, 超市里, 自我区分
)
_LEVELS: dict[Level, re.Pattern[str]] = {
    "province": re.compile(_BEFORE + r"(?:省里|全省|我省|本省)"),
    "city": re.compile(_BEFORE + r"(?:市里|全市|我市|本市)(?!场)"),
    "county": re.compile(_BEFORE + r"(?:[区县]里|全[区县]|我[们咱]?[区县]|本[区县])(?![域块间])"),
}
_ENDINGS: dict[Level, tuple[str, ...]] = {
    "province": ("省", "自治区", "特别行政区"),
    "city": ("市", "州", "盟", "地区"),
    "county": ("区", "县", "旗"),
}


@dataclass(frozen=True, slots=True)
class Tier:
    """Documents that stand in one relation to the place asked about. `documents` None means all."""

    relation: Relation
    documents: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The tiers in the order in which they may answer, and the place's name as asked ("" when none was named).

    `names` are the ways in which a Chinese text may name it.
    """

    place: str
    tiers: tuple[Tier, ...]
    names: frozenset[str] = frozenset()

    def named_in(self, text: str) -> bool:
        """Whether a text names the place, by its Chinese name with or without its level."""
        return any(name in text for name in self.names)


def mentions(question: str, language: str, regions: Collection[str] = ()) -> tuple[Mention, ...]:
    """The places that the question names, in order.

    A county's short name that no document has to do with (新星 in 科技新星) is taken for an ordinary word.
    """
    found = places_in(question) if language == "zh" else places_in_english(question)
    return tuple(_without_office(mention, question) for mention in found if _is_place(mention, regions))


def _without_office(mention: Mention, question: str) -> Mention:
    """天津市长 is 天津 and its 市长."""
    if question[mention.end : mention.end + 1] == "长" and mention.text[-1] in "省市区县州镇":
        return replace(mention, end=mention.end - 1, text=mention.text[:-1])
    return mention


def _is_place(mention: Mention, regions: Collection[str]) -> bool:
    if any(place.level != "county" or place.name == mention.text for place in mention.places):
        return True
    fulls = [place.full for place in mention.places]
    return any(_related(full, region) for full in fulls for region in regions)


def level(question: str) -> Level | None:
    """The level of government that the question speaks of without a name, as in 区里; None for none or several."""
    found = [level for level, words in _LEVELS.items() if words.search(question)]
    return found[0] if len(found) == 1 else None


def scope(named: Sequence[Mention], documents: Sequence[StoredDocument], level: Level | None = None) -> Scope:
    """The documents that may answer a question that names these places, or only a level."""
    if not named:
        return Scope("", _by_level(documents, level))
    places = _most_specific(named, documents)
    related: dict[Relation, set[str]] = {"same": set(), "unstated": set(), "above": set(), "below": set()}
    for document in documents:
        relation = _relation(document.region, places)
        if relation is not None:
            related[relation].add(document.id)
    tiers = tuple(Tier(relation, frozenset(ids)) for relation, ids in related.items() if ids)
    return Scope(named[-1].text if len(named) == 1 else _name(named, places), tiers, _names(named, places))


def _by_level(documents: Sequence[StoredDocument], level: Level | None) -> tuple[Tier, ...]:
    first = frozenset(document.id for document in documents if level and _level_of(document.region) == level)
    others = frozenset(document.id for document in documents) - first
    return (Tier("any", first), Tier("any", others)) if first and others else (Tier("any", None),)


def _level_of(region: str | None) -> Level | None:
    return next((level for level, endings in _ENDINGS.items() if region and region.endswith(endings)), None)


def own(named: Sequence[Mention], documents: Sequence[StoredDocument]) -> list[StoredDocument]:
    """The documents of the very place that is named; all documents when none is."""
    if not named:
        return list(documents)
    same = next((tier.documents for tier in scope(named, documents).tiers if tier.relation == "same"), None)
    return [document for document in documents if document.id in (same or ())]


def _names(named: Sequence[Mention], places: frozenset[str]) -> frozenset[str]:
    meant = {place.name for mention in named for place in mention.places if place.full in places}
    short = {name[:-1] for name in meant if len(name) > 2 and name[-1] in "省市区县州盟旗"}
    return frozenset(meant | short)


def _most_specific(named: Sequence[Mention], documents: Sequence[StoredDocument]) -> frozenset[str]:
    """Full names meant: of 天津市南开区 only the district; among several 朝阳区 those that documents are about."""
    fulls = {place.full for mention in named for place in mention.places}
    inner = {full for full in fulls if not any(other != full and other.startswith(full) for other in fulls)}
    regions = {document.region for document in documents if document.region}
    known = {full for full in inner if any(_related(full, region) for region in regions)}
    return frozenset(known or inner)


def _name(named: Sequence[Mention], places: frozenset[str]) -> str:
    for mention in reversed(named):
        if any(place.full in places for place in mention.places):
            return mention.text
    return named[-1].text


def _relation(region: str | None, places: frozenset[str]) -> Relation | None:
    if region is None:
        return "unstated"
    if region in places:
        return "same"
    if region == NATION or any(_inside(place, region) for place in places):
        return "above"
    if any(_inside(region, place) for place in places):
        return "below"
    return None


def _related(place: str, region: str) -> bool:
    return place == region or _inside(place, region) or _inside(region, place)


def _inside(place: str, other: str) -> bool:
    return place != other and place.startswith(other)
