"""float16 becomes float32, several times faster than `astype`, which converts number by number on most machines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_KEPT = np.uint32(0x8FFFE000).view(np.int32)  # the sign, and the bits of a half moved to where a float has them
_REBIAS = np.float32(2.0**112)  # a float's exponent counts from 127, a half's from 15


def widened(halves: NDArray[np.float16]) -> NDArray[np.float32]:
    """The same numbers, which must be finite, in the same shape."""
    bits = halves.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= _KEPT
    floats = bits.view(np.float32)
    floats *= _REBIAS
    return floats
