"""The English of Chinese words, from the dictionary's definitions."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|CL:.*")


def gloss(token: str, entries: dict[str, list[str]], senses: int = 3) -> str:
    """The English of a token: itself, or its first `senses` definitions; "" if there is none to make sense of."""
    if token.isascii():
        return token if len(token) > 1 and not token.isdigit() else ""
    definitions = (_BRACKETS.sub("", text).strip(" ;,") for text in entries.get(token, ()))
    plain = [
        text for text in definitions if text and not text.startswith(("variant of", "old variant", "surname", "see "))
    ]
    return "; ".join(plain[:senses])[:160]


def literal(word: str, entries: dict[str, list[str]]) -> str:
    """A compound put word by word: 充电桩 as `to recharge stump; stake; pile`. What is no compound has its definitions."""
    for cut in (2, 1, 3):
        parts = (word[:cut], word[cut:])
        if len(word) > 2 and all(part in entries for part in parts):
            return " ".join(gloss(part, entries, 1) for part in parts)
    return gloss(word, entries)
