"""Where a clause stands, as people say it: 三（一）4, 第十二条."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(
    r"\s*(第[〇零一二三四五六七八九十百千\d]+[编章节条款项]|[一二三四五六七八九十]+(?=、)|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*)"
)


def locator(path: Sequence[str]) -> str:
    """The numbers of a path put together; an article by itself; the last heading where nothing is numbered."""
    numbers = [match[1] for match in map(_NUMBER.match, path) if match]
    if not numbers:
        return path[-1] if path else ""
    articles = [place for place, number in enumerate(numbers) if number.endswith("条")]
    return "".join(numbers[articles[-1] :] if articles else numbers)
