"""Measures of probabilities with the numbers worked out by hand."""

from __future__ import annotations

from math import log
from xml.etree import ElementTree

import numpy as np
import pytest

from eval.probabilities import auc, bins, brier, calibration_error, log_loss
from eval.reliability import plot
from eval.significance import wilson

# Five examples said to be right with .2, of which one was; ten with .9, of which eight were.
P = np.array([0.2] * 5 + [0.9] * 10)
Y = np.array([1.0] + [0.0] * 4 + [1.0] * 8 + [0.0] * 2)
EACH = np.ones(15)


def test_calibration_error_is_the_mean_distance_of_the_bins() -> None:
    found = bins(P, Y, EACH)
    assert [(each.low, each.high, each.n) for each in found] == [(0.2, 0.3, 5), (0.9, 1.0, 10)]
    assert [each.share for each in found] == pytest.approx([0.2, 0.8])
    assert calibration_error(found) == pytest.approx((5 * 0.0 + 10 * 0.1) / 15)


def test_a_bin_of_unequal_examples_has_a_wider_interval() -> None:
    even, uneven = (bins(P[5:], Y[5:], weights)[0] for weights in (EACH[5:], np.array([10.0] * 2 + [1.0] * 8)))
    assert even.interval == pytest.approx(wilson(8, 10))
    assert uneven.interval[1] - uneven.interval[0] > even.interval[1] - even.interval[0]


def test_log_loss_and_brier_of_one_who_knows_nothing() -> None:
    half = np.full(15, 0.5)
    assert log_loss(half, Y, EACH) == pytest.approx(log(2))
    assert brier(half, Y, EACH) == pytest.approx(0.25)


def test_weights_count_in_the_brier_score() -> None:
    assert brier(np.array([1.0, 0.0]), np.array([1.0, 1.0]), np.array([3.0, 1.0])) == pytest.approx(0.25)


def test_auc_counts_pairs() -> None:
    # right .8 and .4 against wrong .4 and .2: three pairs in order, one tie
    assert auc(np.array([0.8, 0.4, 0.4, 0.2]), np.array([1.0, 1.0, 0.0, 0.0])) == pytest.approx(3.5 / 4)
    assert auc(np.array([0.8]), np.array([1.0])) is None


def test_the_plot_is_whole_and_says_its_numbers() -> None:
    drawn = plot("可信度是否可信", bins(P, Y, EACH), 0.3)
    root = ElementTree.fromstring(drawn)
    said = "".join(root.itertext())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "低于 0.30 不回答" in said
    assert "可信度 0.9—1.0：10 例，平均 0.90，答对 0.80（95% 区间 0.49—0.94）" in said
    assert "prefers-color-scheme:dark" in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
