"""Pairs beside a rope: better, equal, undecided, corrected over all tests of a metric."""

from dataclasses import replace

import pytest

from seqbench.comparing.comparison import BETTER, EQUAL, IDENTICAL, OPEN, SAME, Comparison, PairTest
from seqbench.comparing.corrected_tests import corrected
from seqbench.comparing.practical_relations import within_rope
from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.results.model_names import ModelKey

A, B = (ModelKey("run", label) for label in "ab")
ASKED = Comparison(a=A, b=B, dataset="d", question="model", test="t", difference=0.0, p=0.5)


def pair(difference, error, **further):
    comparison = replace(ASKED, difference=difference, **further)
    return PairTest(comparison, Estimate(difference, (Part(error**2, 1000),)))


@pytest.mark.parametrize(
    ("difference", "error", "relation"),
    [(0.01, 0.001, BETTER), (0.0, 0.001, EQUAL), (0.004, 0.001, SAME), (0.01, 0.01, SAME), (0.004, 0.0001, EQUAL)],
)
def test_an_interval_beyond_a_border_is_better_and_one_within_is_equal(difference, error, relation):
    (comparison,) = within_rope([pair(difference, error)], 1, 0.005)
    assert (comparison.relation, comparison.rope) == (relation, 0.005)


def test_p_is_multiplied_by_all_tests_of_the_metric_and_by_the_families():
    tests = [pair(0.0, 0.002), pair(0.01, 0.002), pair(0.0, 0.002, metric="f1")]
    alone, *_ = within_rope(tests[2:], 1, 0.005)
    together = within_rope(tests, 2, 0.005)
    assert together[0].p_adjusted == pytest.approx(4 * alone.p_adjusted)
    assert together[2].p_adjusted == pytest.approx(2 * alone.p_adjusted)


def test_models_that_predict_the_same_stay_identical_and_without_an_error_nothing_is_decided():
    same = pair(0.0, 0.001, relation=IDENTICAL)
    without = PairTest(ASKED)
    first, second = within_rope([same, without], 1, 0.005)
    assert first.relation == IDENTICAL
    assert (second.relation, second.why) == (OPEN, "the score has no error here that equality could be held against")


def test_over_splits_the_posterior_of_the_correlated_t_test_is_there():
    (comparison,) = corrected([pair(0.0, 0.001, question="splits")], rope=0.005)
    assert comparison.posterior[1] > 0.99
    assert sum(comparison.posterior) == pytest.approx(1)
