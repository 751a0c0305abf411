"""The measures against numbers worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from eval.measures import mean, per_query, reciprocal_rank, share


def test_one_right_record_at_rank_three() -> None:
    (values,) = per_query([["c"]], [["a", "b", "c", "d"]])
    assert values["R@1"] == 0
    assert values["R@10"] == 1
    assert values["MRR@10"] == pytest.approx(1 / 3)
    assert values["nDCG@10"] == pytest.approx(1 / log2(4))  # 0.5: gain 1 at rank 3, ideal gain 1 at rank 1


def test_two_right_records_of_which_one_is_found() -> None:
    (values,) = per_query([["a", "z"]], [["x", "a"]])
    assert values["R@10"] == 0.5
    assert values["MRR@10"] == 0.5
    assert values["nDCG@10"] == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))  # 0.387


def test_the_order_given_is_the_order_measured() -> None:
    (values,) = per_query([["10"]], [["9", "10"]])
    assert (values["R@1"], values["MRR@10"]) == (0, 0.5)


def test_beyond_the_cutoff_counts_nothing_at_ten_and_all_at_a_hundred() -> None:
    (values,) = per_query([["right"]], [[*map(str, range(10)), "right"]])
    assert (values["R@10"], values["R@100"], values["MRR@10"], values["nDCG@10"]) == (0, 1, 0, 0)


def test_a_query_without_results_is_zero_in_the_mean() -> None:
    values = per_query([["a"], ["b"], ["c"]], [["a"], [], ["x"]])
    assert [each["R@10"] for each in values] == [1, 0, 0]
    assert mean(values)["R@10"] == pytest.approx(1 / 3)


def test_a_record_found_twice_counts_once_at_its_best_rank() -> None:
    (values,) = per_query([["b"]], [["a", "a", "b"]])
    assert values["MRR@10"] == 0.5


def test_nothing_to_measure() -> None:
    assert mean([])["nDCG@10"] == 0
    assert share([]) is None
    assert share([True, False, False, True]) == 0.5
    assert (reciprocal_rank(None), reciprocal_rank(4)) == (0, 0.25)
