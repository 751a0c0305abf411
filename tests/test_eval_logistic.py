"""The fit against logits that can be worked out by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from eval.logistic import fit

NONE = 1e-9  # no penalty to speak of


def test_with_one_feature_of_two_values_each_value_gets_its_own_share() -> None:
    features = np.array([[0.0]] * 4 + [[1.0]] * 4)
    labels = np.array([1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0])  # 1 of 4, then 3 of 4
    found = fit(features, labels, np.ones(8), NONE)
    assert found.bias == pytest.approx(log(1 / 3))
    assert found.weights == pytest.approx([log(3) - log(1 / 3)])
    assert found.of(np.array([[0.0], [1.0]])) == pytest.approx([0.25, 0.75])


def test_an_example_that_weighs_three_times_is_three_examples() -> None:
    features, labels = np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([1.0, 0.0, 1.0, 0.0])
    found = fit(features, labels, np.array([1.0, 3.0, 3.0, 1.0]), NONE)
    assert found.of(np.array([[0.0], [1.0]])) == pytest.approx([0.25, 0.75])


def test_a_feature_that_never_changes_says_nothing() -> None:
    found = fit(np.full((4, 1), 7.0), np.array([1.0, 1.0, 1.0, 0.0]), np.ones(4))
    assert found.weights.tolist() == [0.0]
    assert found.bias == pytest.approx(log(3))


def test_the_penalty_keeps_weights_small_where_a_feature_tells_all() -> None:
    features, labels = np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([0.0, 0.0, 1.0, 1.0])
    weak, strong = (abs(float(fit(features, labels, np.ones(4), penalty).weights[0])) for penalty in (0.1, 10.0))
    assert strong < weak < 10


def test_one_label_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="both labels"):
        fit(np.zeros((2, 1)), np.ones(2), np.ones(2))
