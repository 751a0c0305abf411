"""Which document a question names: 《title》, a 文号, or words of a title beside an address (天津方案 三（二）3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import StoredDocument

_KIND = re.compile(
    r"(?:实施|行动|工作|管理|暂行|指导)*(方案|计划|办法|条例|规定|意见|通知|措施|细则|规划|决定|清单|要点|规则|章程|法|政策)"
)


def by_title(title: str, documents: Sequence[StoredDocument]) -> list[StoredDocument]:
    """Documents whose title is, holds or lies in the words between 《》; exact ones alone when there are any."""
    wanted = _plain(title)
    exact = [document for document in documents if _plain(document.title) == wanted]
    return (
        exact
        or [
            document
            for document in documents
            if wanted in _plain(document.title) or (len(document.title) >= 6 and _plain(document.title) in wanted)
        ]
        or _subsequence(wanted, documents)
    )


def by_number(number: str, documents: Sequence[StoredDocument]) -> list[StoredDocument]:
    """Documents with this 文号, whatever its brackets."""
    wanted = _digits(number)
    return [document for document in documents if document.doc_number and _digits(document.doc_number) == wanted]


def by_hint(hint: str, documents: Sequence[StoredDocument]) -> list[StoredDocument] | None:
    """Documents whose title holds the words of the hint, characters in order; None when the hint names no document.

    天津方案 fits 天津市新型基础设施建设三年行动方案. Without a word for a kind of document, as in 充电桩, it is a subject.
    """
    kinds = _KIND.findall(hint)
    if not kinds:
        return None
    words = [word for word in re.split(r"[\s的，,、]+", _KIND.sub(" ", hint)) if len(word) >= 2]
    return [
        document
        for document in documents
        if all(kind in document.title for kind in kinds) and all(_spread(word, document.title) for word in words)
    ]


def _subsequence(wanted: str, documents: Sequence[StoredDocument]) -> list[StoredDocument]:
    return [document for document in documents if len(wanted) >= 4 and _spread(wanted, _plain(document.title))]


def _spread(word: str, title: str) -> bool:
    remaining = iter(title)
    return all(char in remaining for char in word)


def _plain(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”\"（）()—\-·：:，,、]", "", title)


def _digits(number: str) -> str:
    return re.sub(r"[\s〔〕\[\]()（）【】第]", "", number)
