"""What can go wrong with a library. Each message says what was given, what was expected and what to do."""

from __future__ import annotations


class LedgerError(RuntimeError):
    """The library's folder or database cannot be used: not writable, damaged, busy, or something else altogether."""


class IndexMismatch(RuntimeError):
    """The library was made with another model, segmenter or way of cutting passages than the one that opens it."""


class ModelUnavailable(RuntimeError):
    """A model cannot be loaded: not on this machine, damaged, of another kind, or without the package that loads it."""


class UnknownDocument(LookupError):
    """No document in force has that id."""
