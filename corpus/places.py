"""The table of places, `places.tsv`: names of provinces, cities and counties, read at the first call and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

Level = Literal["province", "city", "county"]


@dataclass(frozen=True, slots=True)
class Place:
    """A division: name `南开区`, full `天津市南开区`; `parent` is a full name too, None for a province."""

    name: str
    full: str
    level: Level
    parent: str | None


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One form of a name. `weak`: also an ordinary word, so it counts only beside its parent or its level word."""

    place: Place
    short: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class PlaceTables:
    chinese: dict[str, tuple[PlaceName, ...]]
    lengths: dict[str, tuple[int, ...]]  # first two characters -> lengths of the names that begin so, longest first
    english: dict[str, tuple[PlaceName, ...]]


@lru_cache(maxsize=1)
def place_tables() -> PlaceTables:
    rows = [line.split("\t") for line in _lines() if line and not line.startswith("#")]
    by_code = {code: name for code, name, _, _ in rows}
    chinese: dict[str, list[PlaceName]] = {}
    english: dict[str, list[PlaceName]] = {}
    for code, name, short, foreign in rows:
        place = _place(code, name, by_code)
        full = PlaceName(place, short=False, weak=len(name) == 2 and name[0] in "城郊矿东西")
        chinese.setdefault(name, []).append(full)
        for form in _short_forms(name, short):
            chinese.setdefault(form.removeprefix("?"), []).append(replace(full, short=True, weak=form.startswith("?")))
        for form in filter(None, foreign.split("|")):
            key = english_key(form.removeprefix("?"))
            english.setdefault(key, []).append(replace(full, weak=form.startswith("?")))
    return PlaceTables(_frozen(chinese), _lengths(chinese), _frozen(english))


def _lines() -> list[str]:
    return (Path(__file__).parent / "places.tsv").read_text(encoding="utf-8").splitlines()


def _short_forms(name: str, short: str) -> list[str]:
    """`恩施` and `恩施州` for an autonomous prefecture, `本溪县` for an autonomous county, else the short name."""
    if not short:
        return []
    for ending in ("自治州", "自治县"):
        if name.endswith(ending):
            return [short, short.removeprefix("?") + ending[-1]]
    return [short]


def _place(code: str, name: str, by_code: dict[str, str]) -> Place:
    """Full name and parent follow from the code: two digits for the province, two for the city, two for the county."""
    province, city = by_code[code[:2] + "0000"], by_code.get(code[:4] + "00", "")
    if code.endswith("0000"):
        return Place(name, name, "province", None)
    if code.endswith("00"):
        return Place(name, province + name, "city", province)
    if name.startswith(city[:-1] or province[:-1]):
        city = ""
    return Place(
        name, (province + city + name) if not name.startswith(province[:2]) else name, "county", province + city
    )


def _frozen(names: dict[str, list[PlaceName]]) -> dict[str, tuple[PlaceName, ...]]:
    # Full names first, so that a form that is somebody's full name is never treated as a short one.
    return {form: tuple(sorted(values, key=lambda name: name.short)) for form, values in names.items()}


def _lengths(names: dict[str, list[PlaceName]]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for form in names:
        lengths.setdefault(form[:2], set()).add(len(form))
    return {start: tuple(sorted(values, reverse=True)) for start, values in lengths.items()}


def english_key(text: str) -> str:
    return re.sub(r"['’\-]", "", re.sub(r"\s+", " ", text)).lower()
