"""Chinese text in a terminal: no line begins with a comma or ends with an opening bracket, and no number is torn apart."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

NOT_FIRST = frozenset("，。、；：？！）》〉”’】〕」』…·%％◀,.;:?!)]")
NOT_LAST = frozenset("（《〈“‘【〔「『▶([")


class Paragraph:
    """Styled text that is broken into lines by the rules of Chinese typesetting, or at the commas of a list of names."""

    def __init__(self, text: Text, *, names: bool = False) -> None:
        self.text = text
        self.names = names

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text | Segment]:
        for line in self.text.divide(breaks(self.text.plain, options.max_width, names=self.names)):
            line.rstrip()
            yield from line.render(console, end="\n")


def breaks(text: str, width: int, *, names: bool = False) -> list[int]:
    """Where lines begin, as offsets into `text`, so that each is at most `width` cells wide (a wide character has two).

    `names`: a list of names, broken after `、` wherever a line has one.
    """
    found: list[int] = []
    start = 0
    while (end := _reach(text, start, width)) < len(text):
        start = end if text[end - 1] == "\n" else _better(text, start, end, names)
        found.append(start)
    return found


def _reach(text: str, start: int, width: int) -> int:
    """How far a line from `start` can go: to the width, or to the first line feed, which belongs to it."""
    used = 0
    for at in range(start, len(text)):
        if text[at] == "\n":
            return at + 1
        used += cell_len(text[at])
        if used > width and at > start:
            return at
    return len(text)


def _better(text: str, start: int, at: int, names: bool) -> int:
    """The last good place to break at or before `at`; `at` itself when the line has none."""
    if names and (comma := text.rfind("、", start, at)) >= start:
        return comma + 1
    for place in range(at, start, -1):
        before, after = text[place - 1], text[place]
        torn = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if after not in NOT_FIRST and before not in NOT_LAST and not torn:
            return place
    return at
