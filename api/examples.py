"""Questions that the loaded documents can answer, for a person who does not know yet what to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from index import Library
from index.records import StoredClause
from search import Engine
from search.model import Language

COUNT = 6
_TOPIC = re.compile(
    r"^\s*(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）．.、]+\s*)?([\u4e00-\u9fffA-Za-z0-9“”、]{4,14})。"
)
_ENGLISH = (
    "who is responsible for charging piles",
    "Who is in charge of smart parking?",
    "How many 5G base stations will be built?",
    "who is responsible for smart healthcare",
    "Which department leads cyber security?",
)


class Examples:
    """Example questions of one library, worked out again when it changes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: dict[Language, tuple[int, list[str]]] = {}

    def questions(self, language: Language) -> list[str]:
        """At most COUNT questions; each has been asked, and answered from what the library holds now."""
        version = self._engine.library.version()
        if self._kept.get(language, (-1, []))[0] != version:
            candidates: Iterator[str] = _candidates(self._engine.library)
            if language == "en":
                candidates = chain(_ENGLISH, candidates)
            answered = (each for each in candidates if self._engine.ask(each, 1).answered)
            self._kept[language] = (version, list(islice(answered, COUNT)))
        return self._kept[language][1]


def _candidates(library: Library) -> Iterator[str]:
    """Questions of different kinds in turn, from the newest document backwards."""
    documents = sorted(library.documents(), key=lambda each: each.issued_on or "", reverse=True)[:4]
    clauses = [library.clauses(document.id) for document in documents]
    units = [f"{name}负责哪些工作" for name, _ in library.units()[:3]]
    who = [f"谁负责{topic}" for held in clauses for topic in _spread(_topics(held))]
    many = [f"{each}要达到多少" for held in clauses for each in _spread(_targets(held))]
    turns = zip_longest(who[:12:2], units, many[:6], who[1:12:2])
    return (each for turn in turns for each in turn if each)


def _topics(clauses: list[StoredClause]) -> list[str]:
    matches = (_TOPIC.match(each.clause.text) for each in clauses if each.clause.duties)
    return [match[1] for match in matches if match]


def _targets(clauses: list[StoredClause]) -> list[str]:
    found = (quantity.what for each in clauses for quantity in each.clause.quantities)
    return [what for what in found if 3 <= len(what) <= 12]


def _spread(items: list[str]) -> list[str]:
    """Three from the whole length of a list rather than its first three."""
    return items[:: max(1, len(items) // 3)][:3]
