"""Is a difference real: intervals and paired tests over the same questions asked twice.

Every function is exact or seeded: the same figures give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt

ALPHA = 0.05
EXACT_UP_TO = 16  # differences that are not zero: 2^16 sign patterns
RESAMPLES = 9_999
_SEED = 20_210_227
_Z = 1.959964  # the 97.5 % point of the standard normal distribution
_TIE = 1e-9  # sums of the same differences in another order may differ by this much

Sums = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def wilson(successes: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share, (0, 1) where nothing was counted; it stays in [0, 1] and holds for small `n`.

    With p = successes / n and z = 1.96: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
    Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209–212.
    """
    if n == 0:
        return 0.0, 1.0
    share, spread = successes / n, _Z * _Z / n
    half = _Z * sqrt(share * (1 - share) / n + spread / (4 * n))
    low, high = (share + spread / 2 - half) / (1 + spread), (share + spread / 2 + half) / (1 + spread)
    return max(low, 0.0), min(high, 1.0)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % percentile interval of the mean of `values` (not empty), by resampling them with replacement.

    For paired runs `values` are the differences, so pairs stay together. How often each distinct value is drawn is
    multinomial: that is what is sampled. Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    distinct, counts = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    drawn = np.random.default_rng(_SEED).multinomial(len(values), counts / len(values), size=RESAMPLES)
    low, high = np.percentile(drawn @ distinct / len(values), [2.5, 97.5])
    return float(low), float(high)


def permutation(differences: Sequence[float]) -> float:
    """The two-sided p of the paired permutation test: how often random signs give |Σdᵢ| as large as it is.

    Under the hypothesis that the two runs are interchangeable, each dᵢ could as well be −dᵢ; zeros change nothing. With m
    differences that are not zero, all 2^m sign patterns are counted while m ≤ 16. Beyond, N = 9,999 are drawn and
    p = (1 + as large) / (1 + N), which is never 0 (Phipson and Smyth, Statistical Applications in Genetics and Molecular
    Biology 9 (2010), 39). Fisher, The Design of Experiments (1935), section 21.
    """
    return _share_as_extreme(differences, lambda sums, observed: np.abs(sums) >= abs(observed) - _TIE)


def permutation_worse(differences: Sequence[float]) -> float:
    """The one-sided p that the second run is worse: how often random signs give Σdᵢ as low as it is.

    As `permutation`. With lost questions only, p = 1 / 2^m: five lost and none gained (1/32) is the least that counts.
    """
    return _share_as_extreme(differences, lambda sums, observed: sums <= observed + _TIE)


def holm(ps: Sequence[float]) -> list[float]:
    """The p values corrected for looking at all of them: with k of them, the j-th smallest times k − j + 1, never falling.

    Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979), 65–70.
    """
    corrected = [0.0] * len(ps)
    highest = 0.0
    for place, at in enumerate(sorted(range(len(ps)), key=lambda at: ps[at])):
        highest = max(highest, min(1.0, (len(ps) - place) * ps[at]))
        corrected[at] = highest
    return corrected


def _share_as_extreme(differences: Sequence[float], extreme: Callable[[Sums, float], Flags]) -> float:
    """The share of sums under random signs for which `extreme(sums, observed sum)` holds; shapes (patterns,)."""
    moved = np.asarray([each for each in differences if abs(each) > _TIE], dtype=np.float64)
    observed = float(moved.sum())
    if len(moved) <= EXACT_UP_TO:
        patterns = np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved)) & 1
        return float(np.mean(extreme((2 * patterns - 1) @ moved, observed)))
    # Equal sizes are drawn together: of c of them, a binomial number is positive.
    sizes, counts = np.unique(np.abs(moved), return_counts=True)
    positive = np.random.default_rng(_SEED).binomial(counts, 0.5, size=(RESAMPLES, len(sizes)))
    as_extreme = int(np.sum(extreme((2 * positive - counts) @ sizes, observed)))
    return (1 + as_extreme) / (1 + RESAMPLES)
