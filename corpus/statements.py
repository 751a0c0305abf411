"""Where a text says who is responsible: duty statements in brackets, on labelled lines and after a clause's last sentence.

    statement := open content close          any brackets; after a label the closing one may be missing
               | label ":" content           from the beginning of a line or after a mark, to the end of its line or sentence
               | open label close content    【责任单位】A、B, to the next of its kind or the end of its line

A bracket with a label is a statement if it names anyone. One with a verb (市教育局牵头) or nothing but names must name units
as open text does; a bare list must also stand where a clause ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.folding import Folded, fold, unwrapped
from corpus.model import Duty
from corpus.names import is_body, is_office, is_unit
from corpus.roles import LABEL, LONGEST_CONTENT, Named, label_role, named_units

_LABELLED = re.compile(rf" *(?:{LABEL})")
_LABEL_LINE = re.compile(
    rf"(?:(?<=\n)|\A|(?<=[。;,) ]))[ \-—•·●]{{0,8}}(?:[0-9]{{1,2}}[.、]|\([0-9一二三四五六七八九十]\))? {{0,4}}"
    rf"(?P<label>{LABEL})(?: ?:|[为是](?=[省市县区国各]))"
)
_LABEL_BOX = re.compile(rf"\((?P<label>{LABEL})\) *:?")
_NUMBERED = re.compile(r" *(?:第?[一二三四五六七八九十百0-9]+[、.．章节条]|\([一二三四五六七八九十0-9]+\)|\n)")
_STOPS = ("", "\n", "。", ";", "!")


@dataclass(frozen=True, slots=True)
class Statement:
    """An explicit duty statement: characters `start:end` of the text, brackets and label included, and whom it names."""

    start: int
    end: int
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Candidate:
    """View span `start:end` of what may be a statement, its content without brackets at `content:stop`."""

    start: int
    content: int
    stop: int
    end: int
    label: str = ""


def statements(text: str, start: int, end: int) -> tuple[Statement, ...]:
    """The explicit duty statements in `text[start:end]`, in order and without overlap; offsets count characters of `text`."""
    view = unwrapped(fold(text, start, end))
    found: list[Statement] = []
    reach = 0
    for one in sorted([*_brackets(view.text), *_lines(view.text), *_boxes(view.text)]):
        if one.start < reach:
            continue
        named = named_units(view, one.content, one.stop, label_role(one.label) if one.label else None)
        if _is_statement(view.text, one, named):
            found.append(Statement(*view.span(one.start, one.end), tuple(duty(view, unit) for unit in named)))
            reach = one.end
    return tuple(found)


def duty(view: Folded, named: Named) -> Duty:
    """The named unit as a duty with its span in the document."""
    return Duty(named.name.unit, named.role, *view.span(named.name.start, named.name.end))


def _brackets(text: str) -> Iterator[_Candidate]:
    closing = _matching(text)
    for opening in re.finditer(r"\(", text):
        at = opening.start()
        end = _label_close(text, at) if _LABELLED.match(text, at + 1) else closing.get(at, -1)
        if at < end <= at + LONGEST_CONTENT:
            yield _Candidate(at, at + 1, end - text.endswith(")", at + 1, end), end)


def _lines(text: str) -> Iterator[_Candidate]:
    for found in _LABEL_LINE.finditer(text):
        start, end = found.start("label"), _line_end(text, found.end())
        yield _Candidate(start, start, end, end)


def _boxes(text: str) -> Iterator[_Candidate]:
    boxes = list(_LABEL_BOX.finditer(text))
    for index, found in enumerate(boxes):
        limit = boxes[index + 1].start() if index + 1 < len(boxes) else len(text)
        end = min(limit, _line_end(text, found.end()))
        if end > found.end():
            yield _Candidate(found.start(), found.end(), end, end, found["label"])


def _matching(text: str) -> dict[int, int]:
    """For each opening bracket the offset after its closing one."""
    stack: list[int] = []
    closing: dict[int, int] = {}
    for bracket in re.finditer("[()]", text):
        if bracket[0] == "(":
            stack.append(bracket.start())
        elif stack:
            closing[stack.pop()] = bracket.end()
    return closing


def _label_close(text: str, opening: int) -> int:
    """Offset after the bracket that closes a label bracket.

    It may stand in a later line if neither a number, a full stop nor another statement comes before it; where it is missing,
    the statement ends with its line.
    """
    limit = min(len(text), opening + LONGEST_CONTENT)
    depth, line_end = 0, -1
    for at in range(opening, limit):
        char = text[at]
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at + 1
        if at > opening and char == "(" and _LABELLED.match(text, at + 1):
            return line_end if line_end >= 0 else at
        if char == "\n" and _NUMBERED.match(text, at + 1):
            return line_end if line_end >= 0 else at
        if char == "\n" and line_end < 0:
            line_end = at
        if char == "。" and line_end >= 0:
            return line_end
    return line_end if line_end >= 0 else limit


def _line_end(text: str, start: int) -> int:
    """End of a labelled line or of its sentence; a line that has named nobody yet, or ends in 、, goes on in the next."""
    limit = min(len(text), start + LONGEST_CONTENT)
    end = text.find("\n", start, limit)
    while end >= 0 and text[start:end].rstrip()[-1:] in ("、", ""):
        start, end = end + 1, text.find("\n", end + 1, limit)
    end = limit if end < 0 else end
    stop = text.find("。", start, end)
    return stop + 1 if stop >= 0 else end


def _is_statement(text: str, one: _Candidate, named: list[Named]) -> bool:
    names = [unit.name.spelled for unit in named]
    told = {unit.told for unit in named}
    if not names or "label" in told:
        return bool(names)
    if "verb" in told:
        return is_unit(names[0]) and sum(map(is_unit, names)) * 2 >= len(names)
    return _is_bare_list(
        names, text[max(0, one.start - 9) : one.start].rstrip(" ")[-1:], text[one.end : one.end + 3].lstrip(" ")[:1]
    )


def _is_bare_list(names: list[str], before: str, after: str) -> bool:
    """Whether a bracket of nothing but names, between the characters `before` and `after`, says who is responsible.

    Between a full stop and the end of the line it can say nothing else, so offices (基教处) will do; elsewhere it must list bodies.
    """
    if before in _STOPS and after in _STOPS:
        return all(is_unit(name) or is_office(name) for name in names)
    if before in _STOPS or after in _STOPS:
        return len(names) > 1 and is_body(names[0]) and all(map(is_unit, names))
    return False
