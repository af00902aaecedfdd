"""Calibration, against scikit-learn and brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from probabilities import answers

from seqbench.comparing.statistics import calibration_scores


@given(answers())
@settings(max_examples=60, deadline=None)
def test_scores_equal_scikit_learn_and_the_definitions(drawn):
    probabilities, gold, predicted = drawn
    rows = np.arange(len(probabilities))
    sure, of_gold, squares = (
        probabilities.max(1).astype(float),
        probabilities[rows, gold],
        np.square(probabilities).sum(1),
    )
    target = np.zeros_like(probabilities)
    target[rows, gold] = 1
    assert calibration_scores.brier(of_gold, squares) == pytest.approx(
        np.mean(((probabilities - target) ** 2).sum(1)), abs=1e-5
    )
    right = predicted == gold
    brute = sum(
        len(inside) / len(sure) * abs(sure[inside].mean() - right[inside].mean())
        for low in np.arange(10) / 10
        if len(inside := np.flatnonzero((sure > low) & (sure <= low + 0.1 + 1e-12)))
    )
    assert calibration_scores.reliability(sure, right, 10).error == pytest.approx(brute, abs=1e-9)


@given(answers(), st.floats(0.05, 1))
@settings(max_examples=60, deadline=None)
def test_accuracy_on_the_surest_is_that_of_the_sorted_tokens(drawn, coverage):
    probabilities, gold, predicted = drawn
    sure, right = probabilities.max(1).astype(float), predicted == gold
    kept = max(1, round(coverage * len(sure)))
    expected = right[np.argsort(-sure, kind="stable")[:kept]].mean()
    assert calibration_scores.accuracy_at(sure, right, coverage) == pytest.approx(expected)


def test_equally_sure_tokens_count_by_their_mean():
    sure, right = np.array([0.9, 0.5, 0.5, 0.5]), np.array([True, True, False, False])
    assert calibration_scores.accuracy_at(sure, right, 0.5) == pytest.approx((1 + 1 / 3) / 2)


def test_bins_of_equal_mass_hold_as_many_tokens():
    random = np.random.default_rng(0)
    found = calibration_scores.reliability(random.random(1000) ** 3, random.random(1000) < 0.5, 10, equal_mass=True)
    assert found.tokens.tolist() == [100] * 10


def test_a_perfectly_calibrated_model_has_little_error_and_an_overconfident_one_much():
    random = np.random.default_rng(0)
    sure = random.uniform(0.5, 1, 20_000)
    right = random.random(20_000) < sure
    assert calibration_scores.reliability(sure, right).error < 0.015
    assert calibration_scores.reliability(np.full(20_000, 0.99), right).error == pytest.approx(0.99 - right.mean())
