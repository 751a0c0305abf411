"""Intervals and paired tests with values worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.significance import bootstrap, holm, permutation, permutation_worse, wilson


def test_wilson_for_eight_of_ten() -> None:
    # z² = 3.8415; centre (.8 + .19207) / 1.38415 = .71674; half 1.96 √(.016 + .0096037) / 1.38415 = .22658
    assert wilson(8, 10) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_wilson_at_its_ends() -> None:
    # All right: the lower end is n / (n + z²) = 10 / 13.8415.
    assert wilson(10, 10) == (pytest.approx(0.7225, abs=1e-4), pytest.approx(1.0))
    assert wilson(0, 10) == (0.0, pytest.approx(0.2775, abs=1e-4))
    assert wilson(0, 0) == (0.0, 1.0)


def test_permutation_counts_sign_patterns() -> None:
    # Five up, one down: Σd = 4. Of 64 patterns, 1 + 6 give 4 or more and as many −4 or less: 14/64.
    assert permutation([1, 1, 1, 1, 1, -1]) == 14 / 64
    # Sizes matter: of the sums ±.5 ±.25 only .75 and −.75 are as far out as .75.
    assert permutation([0.5, 0.25]) == 2 / 4
    assert permutation([0.0, 0.0]) == 1


def test_questions_that_did_not_change_change_nothing() -> None:
    assert permutation([1, 1, 1, 0, 0, 0, 0]) == permutation([1, 1, 1]) == 2 / 8


def test_five_lost_and_none_gained_is_the_least_that_counts() -> None:
    assert permutation_worse([-1] * 5) == 1 / 32
    assert permutation_worse([-1] * 4) == 1 / 16
    # One gained: Σd = −5; of 128 patterns with seven signs, one gives −7 and seven give −5.
    assert permutation_worse([-1] * 6 + [1]) == 8 / 128
    assert permutation_worse([1] * 5) == 1


def test_many_differences_are_sampled_near_the_exact_value() -> None:
    # Twenty up, five down: 2 P(Bin(25, ½) ≥ 20) = 2 · 68406 / 2^25 = .00408.
    assert permutation([1] * 20 + [-1] * 5) == pytest.approx(0.00408, abs=0.002)
    assert permutation([1] * 60) == 1 / 10_000
    assert permutation_worse([-0.5] * 60) == 1 / 10_000


def test_holm_multiplies_and_never_falls() -> None:
    # Sorted .01 × 3 = .03, .03 × 2 = .06, .04 × 1 = .04, raised to .06.
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_bootstrap_of_a_mean() -> None:
    # A mean of 100 draws of ±1 has standard deviation .1: about −.2 to .2.
    low, high = bootstrap([1.0, -1.0] * 50)
    assert (low, high) == (pytest.approx(-0.2, abs=0.03), pytest.approx(0.2, abs=0.03))
    assert bootstrap([0.25] * 4) == (0.25, 0.25)


@given(st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]), min_size=1, max_size=30))
def test_tests_are_seeded_and_symmetric(differences: list[float]) -> None:
    mirrored = [-each for each in differences]
    assert permutation(differences) == permutation(differences)
    assert permutation(differences) == pytest.approx(permutation(mirrored), abs=0.02)
    assert 0 < permutation_worse(differences) <= 1
    low, high = bootstrap(differences)
    assert min(differences) <= low <= high <= max(differences)
