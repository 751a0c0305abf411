"""A question taken apart: language, what is asked, the topic that is searched for, places, units, addresses, documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from corpus.gazetteer import Mention
from index.segment import simplified

from . import years
from .address import Address, find_address
from .model import Kind, Language
from .names import UnitIndex, looks_like_unit
from .phrases import ABBREVIATIONS_EN, ALONE, DENIED, TOGETHER, UNIT_TASKS_EN, UNIT_TASKS_ZH, pattern
from .places import Level, level, mentions

MAX_LENGTH = 500
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{4,}|[A-Za-z]{2,}\s+[A-Za-z]{2,}")  # 5G and PPP alone are words of Chinese texts
_LATIN = re.compile(r"[A-Za-z]")
_OTHER = re.compile(
    r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f\u0900-\u097f\u0590-\u05ff\u0370-\u03ff]"
)
_TITLE = re.compile(r"《([^《》]{2,80})》")
_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}\s*[〔\[（(【]\s*\d{4}\s*[〕\])）】]\s*第?\s*\d+\s*号")
_ASKED: tuple[Kind, ...] = ("responsibility", "deadline", "quantity")


class QuestionError(ValueError):
    """A question that cannot be asked: empty, too long, without words, or in a language that is not served."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a question says.

    `topic` is what terms are taken from and what is compared word by word: the question without the words that only ask,
    without places and document names.
    `asked` holds every kind that is asked for; `kind` the one that decides the form of the answer. `subjects` are the units
    of a unit_duties question: one tuple of candidate names per unit named. `years` are those that a figure is asked for,
    `level` that of a government which is spoken of without its name.
    """

    text: str
    language: Language
    kind: Kind
    asked: frozenset[Kind]
    topic: str
    places: tuple[Mention, ...]
    subjects: tuple[tuple[str, ...], ...] = ()
    unknown_unit: str = ""
    alone: bool = False
    denied: bool = False
    address: Address | None = None
    title: str = ""
    doc_number: str = ""
    years: frozenset[int] = frozenset()
    level: Level | None = None


def check(text: str) -> str:
    """The question in NFKC without control characters. Raises QuestionError with what to do."""
    if len(text) > MAX_LENGTH:
        raise QuestionError(f"问题有 {len(text)} 个字，最多 {MAX_LENGTH} 个字：请只写要问的事项。")
    clean = simplified(unicodedata.normalize("NFKC", text))
    clean = " ".join("".join(char if unicodedata.category(char)[0] != "C" else " " for char in clean).split())
    if not clean:
        raise QuestionError("问题是空的：请写出要问的事项，例如“谁负责充电桩”。")
    other = len(_OTHER.findall(clean))
    if other > len(_HAN.findall(clean)) + len(_LATIN.findall(clean)) or other >= 3:
        raise QuestionError("目前只能用中文或英文提问。Please ask in Chinese or English.")
    if not any(char.isalnum() for char in clean):
        raise QuestionError("问题里没有文字：请写出要问的事项，例如“谁负责充电桩”。")
    return clean


def analyse(text: str, units: UnitIndex, regions: Collection[str] = ()) -> Question:
    """Takes a question apart, knowing the library's units and regions. Raises QuestionError for what cannot be asked."""
    clean = check(text)
    language: Language = "zh" if _HAN.search(clean) or not _ENGLISH.search(clean) else "en"
    title, number = _TITLE.search(clean), _DOC_NUMBER.search(clean)
    rest = _cut(clean, title, number)
    address = find_address(rest)
    if address is not None:
        rest = rest[: address.start] + " " + rest[address.end :]
    places = mentions(rest, language, regions)
    duties = _unit_duties(_without(rest, places) if language == "en" else rest, language, units)
    topic, asked = _topic(rest, language, places)
    asked_years = years.asked(clean)
    if "quantity" in asked:  # the year says which figure is meant, not what it is about
        named = set(map(str, asked_years))
        topic = " ".join(word for word in years.without(topic).split() if word not in named) or topic
    kind: Kind = "clause"
    if duties is not None:
        kind = "unit_duties"
    elif asked:
        kind = next(each for each in _ASKED if each in asked)
    return Question(
        text=text,
        language=language,
        kind=kind,
        asked=frozenset(asked),
        topic=topic,
        places=places,
        subjects=duties.subjects if duties else (),
        unknown_unit=duties.unknown if duties else "",
        alone=bool(ALONE.search(clean)),
        denied=bool("responsibility" in asked and DENIED.search(clean)),
        address=address,
        title=title[1] if title else "",
        doc_number=re.sub(r"\s+", "", number[0]) if number else "",
        years=asked_years,
        level=level(clean),
    )


def _without(text: str, places: tuple[Mention, ...]) -> str:
    for mention in reversed(places):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def _cut(text: str, *matches: re.Match[str] | None) -> str:
    for match in matches:
        if match is not None:
            text = text.replace(match[0], " ", 1)
    return text


@dataclass(frozen=True, slots=True)
class _UnitDuties:
    subjects: tuple[tuple[str, ...], ...]
    unknown: str


def _unit_duties(text: str, language: Language, units: UnitIndex) -> _UnitDuties | None:
    """The units of a question such as 市教委负责哪些工作; None when it is no such question."""
    match = (UNIT_TASKS_ZH if language == "zh" else UNIT_TASKS_EN).search(text)
    if match is None:
        alone = units.exactly(text)
        return _UnitDuties((alone,), "") if alone else None
    if language == "en":
        return _UnitDuties((), next(part for part in match.group("subject", "owner", "bearer") if part).strip())
    if pattern("responsibility", language).search(text[: match.start()]):
        return None
    subject = TOGETHER.sub("", text[: match.start()]).strip(" ，,：:的").removesuffix("都")
    found = units.subjects(subject) or units.subjects(_last_phrase(subject))
    if found:
        return _UnitDuties(found, "")
    return _UnitDuties((), subject) if looks_like_unit(subject) else None


def _last_phrase(subject: str) -> str:
    return re.split(r"[\s，,：:。；;]", subject)[-1]


def _topic(text: str, language: Language, places: tuple[Mention, ...]) -> tuple[str, set[Kind]]:
    """What is left when the asking words and the places are taken out, and the kinds that were asked."""
    text = _without(text, places)
    asked: set[Kind] = set()
    for kind in _ASKED:
        text, count = pattern(kind, language).subn(" ", text)
        if count:
            asked.add(kind)
    text = pattern("filler", language).sub(" ", text)
    if language == "en":
        text = " ".join(ABBREVIATIONS_EN.get(word.lower(), word) for word in re.split(r"[\s?!.,;:()]+", text))
    return " ".join(re.sub(r"[？?！!。，,；;：:、()（）\"“”'‘’]", " ", text).split()), asked
