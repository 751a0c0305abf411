"""The English of Chinese words, from the dictionary's definitions."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|CL:.*")


def gloss(token: str, entries: dict[str, list[str]]) -> str:
    """The English of a token: itself, or its first three definitions; "" if there is none to make sense of."""
    if token.isascii():
        return token if len(token) > 1 and not token.isdigit() else ""
    definitions = (_BRACKETS.sub("", text).strip(" ;,") for text in entries.get(token, ()))
    plain = [
        text for text in definitions if text and not text.startswith(("variant of", "old variant", "surname", "see "))
    ]
    return "; ".join(plain[:3])[:160]


def literal(word: str, entries: dict[str, list[str]]) -> str:
    """A compound as one who translates word by word would put it: 充电桩 as recharge, stake. Its definitions if it is no compound."""
    for cut in (2, 1, 3):
        parts = (word[:cut], word[cut:])
        if len(word) > 2 and all(part in entries for part in parts):
            return " ".join(gloss(part, entries) for part in parts)
    return gloss(word, entries)
