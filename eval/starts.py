"""How labels name a clause: by the first characters of its text, however they were typed or copied."""

from __future__ import annotations

import unicodedata

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
