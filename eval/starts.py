"""How labels name a document and a clause: by title or file name, and by the first characters, however they were typed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

_COUNTED = 200  # characters of a clause in which its label has to end
_TITLE = re.compile("《(.+)》")
_ONE_SPELLING = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』＂", '"'),
        **dict.fromkeys("‘’‚‛＇", "'"),
        **dict.fromkeys("〔［【〖", "("),
        **dict.fromkeys("〕］】〗", ")"),
        **dict.fromkeys("‐‑‒–—―─━－", "-"),
        **dict.fromkeys("•∙⋅・", "·"),
    }
)


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def folded(text: str) -> str:
    """What all ways of typing the text share: full and half width, quotes, brackets and dashes alike, nothing invisible."""
    plain = unicodedata.normalize("NFKC", text.translate(_ONE_SPELLING))
    return "".join(char for char in plain if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))


def beginning(text: str) -> str:
    """The folded first characters of a clause's text, with which the start in a label is compared."""
    return folded(text[:_COUNTED])


def names_of(source: str, title: str) -> set[str]:
    """The names that a document goes by, each as `plain`: its file name, with and without the suffix, and its title."""
    return {plain(source), plain(PurePath(source).stem), plain(title)}


def plain(name: str) -> str:
    """What all ways of writing a document's name share: folded, in lower case, without 《》 and what stands outside them."""
    inside = _TITLE.search(name)
    return folded(inside[1] if inside else name).casefold()
