"""What a person can get wrong when measuring."""

from __future__ import annotations


class EvalError(ValueError):
    """A labelled file or a corpus that cannot be used. The message names the file, the line and the reason."""
