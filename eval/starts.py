"""How labels name a clause: by the first characters of its text, white space removed."""

from __future__ import annotations


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())
