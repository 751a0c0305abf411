"""The facts of a clause: its target numbers and its deadlines. The door to the fact grammar."""

from __future__ import annotations

from corpus.deadlines import cell_deadlines, deadlines
from corpus.quantities import quantities

__all__ = ["cell_deadlines", "deadlines", "quantities"]
