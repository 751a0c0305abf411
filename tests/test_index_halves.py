from __future__ import annotations

import numpy as np

from index.halves import widened


def test_every_finite_half_keeps_its_value() -> None:
    halves = np.arange(65536, dtype=np.uint16).view(np.float16)
    finite = halves[np.isfinite(halves)]
    assert np.array_equal(widened(finite), finite.astype(np.float32))


def test_the_shape_stays_and_the_halves_are_not_touched() -> None:
    halves = np.array([[1, -0.5], [0, 65504]], dtype=np.float16)
    assert widened(halves).tolist() == [[1, -0.5], [0, 65504]]
    assert halves.dtype == np.float16
