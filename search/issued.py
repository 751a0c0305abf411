"""When a document was issued and by whom: what the ledger knows of it, asked in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import StoredDocument

from . import documents
from .places import own
from .question import Question

_ISSUED = re.compile(
    r"(?:正式)?(?:印发|颁布|发布|出台|下发|发文|成文|制发|公布)(?:的|了|于|时间|日期|单位|机关|部门)*"
    r"|(?<=[谁位门关候时天年月])发(?:的|布的|出的)"
)


def asks_for_issue(question: Question) -> bool:
    """Whether it is asked when or by whom something was issued."""
    return bool({"deadline", "responsibility"} & question.asked) and _ISSUED.search(question.text) is not None


def meant(question: Question, named: Sequence[StoredDocument], all_held: bool) -> list[StoredDocument]:
    """The documents that the question means: named outright, or by words of their titles; [] when it is not clear."""
    if not all_held:
        return list(named)
    found = documents.by_hint(_ISSUED.sub(" ", question.topic), own(question.places, named))
    return found if found and len(found) <= 3 else []


def say(question: Question, found: Sequence[StoredDocument]) -> str:
    """Issuer and date of each document, in the words of the question's language; "" when the ledger knows neither."""
    return "".join(_say_one(question, document) for document in found)


def _say_one(question: Question, document: StoredDocument) -> str:
    when, who = document.issued_on, document.issuer
    if question.language == "en":
        parts = [f"issued by {who}" if who else "", f"dated {when}" if when else ""]
        said = ", ".join(part for part in parts if part)
        return f"《{document.title}》: {said}. " if said else ""
    parts = [f"由{who}印发" if who else "", f"成文日期{_in_words(when)}" if when else ""]
    said = "，".join(part for part in parts if part)
    return f"《{document.title}》{said}。" if said else ""


def _in_words(date: str) -> str:
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}年{month}月{day}日"
