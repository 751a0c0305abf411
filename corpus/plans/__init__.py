"""The two bundled plans: sample data, and what a new library starts with."""

from pathlib import Path

__all__ = ["paths"]


def paths() -> list[Path]:
    """The files of the bundled plans, in order of their names."""
    return sorted(Path(__file__).parent.glob("*.txt"))
