"""Chinese and Arabic numerals as they number things: 三, 十二, 二十三, 一百零二, 〇, 12, １２."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 18  # characters; what is longer numbers nothing


def value_of(written: str) -> int | None:
    """The number written, white space inside ignored; None if it is not one (`十十`, an empty string, 19 digits)."""
    compact = "".join(char for char in written if not char.isspace() and char not in "\u200b\ufeff")
    if len(compact) > _LONGEST:
        return None
    if compact.isdecimal():
        return int(compact)
    if compact and all(char in _DIGITS for char in compact):
        return int("".join(str(_DIGITS[char]) for char in compact))
    return _with_units(compact)


def _with_units(compact: str) -> int | None:
    total, digit, smallest = 0, None, 10_000
    for char in compact:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _UNITS and _UNITS[char] < smallest and (digit or total == 0):
            smallest = _UNITS[char]
            total += (digit or 1) * smallest
            digit = None
        else:
            return None
    return total + (digit or 0) if compact else None
