"""The training texts: gzipped JSON lines in one folder, read into plain values. Its README there names the sources."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """A clause and three ways to ask for it. `law` is the title without the article number, "" where it is not known."""

    zh: str
    keywords: str
    en: str
    title: str
    text: str

    @property
    def law(self) -> str:
        return self.title.rsplit(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that is trained on. `entries` maps a Chinese word to its English definitions."""

    articles: list[Passage]
    paragraphs: list[Passage]
    sentences: list[tuple[str, str]]
    entries: dict[str, list[str]]
    lay: list[tuple[str, str]]
    asked: list[Asked]


def read(folder: Path) -> Texts:
    """Reads the seven files. FileNotFoundError names every file that is missing."""
    missing = [str(_path(folder, name)) for name in FILES if not _path(folder, name).is_file()]
    if missing:
        raise FileNotFoundError(f"training data not found: {', '.join(missing)}; give the folder with --data")
    return Texts(
        articles=[
            Passage(r["law"], f"{r['section']} {r['article']}".strip(), r["text"]) for r in _rows(folder, "laws")
        ],
        paragraphs=[p for r in _rows(folder, "gov_docs") for p in _paragraphs(r["title"] or "", r["text"])],
        sentences=[(r["zh"], r["en"]) for r in _rows(folder, "zh_en_sentences") if _plausible(r["zh"], r["en"])],
        entries={r["zh"]: r["defs"] for r in _rows(folder, "cedict")},
        lay=[
            (r["query"], r["positive"])
            for name in ("lay_question_article", "lay_question_answer")
            for r in _rows(folder, name)
        ],
        asked=[
            Asked(r["zh"], r["keywords"], r["en"], r["title"], r["text"]) for r in _rows(folder, "clause_questions")
        ],
    )


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
