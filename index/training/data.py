"""The training texts: gzipped JSON lines in one folder, read into plain values. Its README there names the sources."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).with_name("questions.jsonl")
CLAUSES = Path(__file__).with_name("clauses.jsonl")
FILES = (
    "cedict",
    "clause_questions",
    "gov_docs",
    "laws",
    "lay_question_answer",
    "lay_question_article",
    "zh_en_sentences",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a law or document: `title` is the document's, `heading` what stands between the title and the text."""

    title: str
    heading: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.title} {self.heading} {self.text}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A clause and ways to ask for it, `again` in other everyday words where somebody wrote them.

    `law` is the title without the article number, "" where it is not known.
    """

    zh: str
    keywords: str
    en: str
    title: str
    text: str
    again: str = ""

    @property
    def law(self) -> str:
        return self.title.rsplit(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that is trained on. `entries` maps a Chinese word to its English definitions; `clauses` were written for
    their questions and have no title."""

    articles: list[Passage]
    paragraphs: list[Passage]
    sentences: list[tuple[str, str]]
    entries: dict[str, list[str]]
    lay: list[tuple[str, str]]
    asked: list[Asked]
    clauses: list[Asked]


def read(folder: Path) -> Texts:
    """Reads the seven files, and the two beside this module. FileNotFoundError names every file that is missing."""
    missing = [str(_path(folder, name)) for name in FILES if not _path(folder, name).is_file()]
    if missing:
        raise FileNotFoundError(f"training data not found: {', '.join(missing)}; give the folder with --data")
    articles, paragraphs = _articles(folder), _all_paragraphs(folder)
    return Texts(
        articles=articles,
        paragraphs=paragraphs,
        sentences=[(r["zh"], r["en"]) for r in _rows(folder, "zh_en_sentences") if _plausible(r["zh"], r["en"])],
        entries={r["zh"]: r["defs"] for r in _rows(folder, "cedict")},
        lay=[
            (r["query"], r["positive"])
            for name in ("lay_question_article", "lay_question_answer")
            for r in _rows(folder, name)
        ],
        asked=[
            *(Asked(r["zh"], r["keywords"], r["en"], r["title"], r["text"]) for r in _rows(folder, "clause_questions")),
            *_written((*articles, *paragraphs)),
        ],
        clauses=[Asked(r["zh"], r["keywords"], r["en"], "", r["text"], r["zh2"]) for r in _lines(CLAUSES)],
    )


def digest(text: str) -> str:
    """How `questions.jsonl` names a clause: a hash of its text without white space."""
    return hashlib.blake2b("".join(text.split()).encode(), digest_size=8).hexdigest()


def _articles(folder: Path) -> list[Passage]:
    return [Passage(r["law"], f"{r['section']} {r['article']}".strip(), r["text"]) for r in _rows(folder, "laws")]


def _all_paragraphs(folder: Path) -> list[Passage]:
    return [p for r in _rows(folder, "gov_docs") for p in _paragraphs(r["title"] or "", r["text"])]


def _written(passages: Iterable[Passage]) -> Iterator[Asked]:
    """This project's further questions, those whose clause is among the passages."""
    texts = {digest(p.text): p.text for p in passages}
    for row in _lines(QUESTIONS):
        if row["clause"] in texts:
            yield Asked(row["zh"], row["keywords"], row["en"], row["title"], texts[row["clause"]], row["zh2"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.jsonl.gz"


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(_path(folder, name), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _plausible(zh: str, en: str) -> bool:
    """Whether two sentences may be translations: lengths that fit each other, Chinese on the Chinese side."""
    return 4 <= len(zh) <= 120 and 1.2 <= len(en) / len(zh) <= 8 and bool(re.search(r"[\u4e00-\u9fff]{2}", zh))


_HEADING = re.compile(r"^(?:第[一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")


def _paragraphs(title: str, text: str) -> Iterator[Passage]:
    """Paragraphs of at least 40 characters, each with the last short numbered line above it as its heading."""
    heading = ""
    for line in text.splitlines():
        line = line.strip()
        if len(line) >= 40:
            yield Passage(title, heading, line)
        elif _HEADING.match(line):
            heading = line
