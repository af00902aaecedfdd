"""All tests of one command by one metric, corrected together."""

from dataclasses import replace

import pytest

from seqbench.comparing.comparison import BETTER, IDENTICAL, OPEN, SAME, Comparison, PairTest
from seqbench.comparing.corrected_tests import corrected
from seqbench.comparing.statistics.corrections import holm
from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.results.model_names import ModelKey

A, B = ModelKey("run", "a"), ModelKey("run", "b")
ESTIMATE = Estimate(0.02, (Part(0.0001, 1e9),))


def made(p, **further):
    c = Comparison(a=A, b=B, dataset="d", question="model", test="t", difference=0.02, p=p)
    return PairTest(replace(c, **further), ESTIMATE)


def test_holm_is_over_datasets_and_questions_and_each_metric_is_alone():
    tests = [made(0.01), made(0.02, dataset="e", question="learner"), made(0.04, metric="macro_f1")]
    comparisons = corrected(tests)
    assert [c.p_adjusted for c in comparisons] == [*holm([0.01, 0.02]), 0.04]
    assert [c.relation for c in comparisons] == [BETTER] * 3


def test_families_that_share_the_level_double_p():
    assert [c.p_adjusted for c in corrected([made(0.03)], times=2)] == [0.06]


def test_what_was_not_asked_is_open_and_what_is_identical_is_no_test():
    tests = [made(None, why="no seeds"), made(1.0, relation=IDENTICAL), made(0.04)]
    open_, same, asked = corrected(tests)
    assert (open_.relation, open_.why, same.relation, same.ci95) == (OPEN, "no seeds", IDENTICAL, None)
    assert asked.p_adjusted == 0.04


def test_the_detectable_difference_is_that_of_the_level_of_what_is_left():
    tests = [made(1e-9), made(0.5, a=ModelKey("run", "c")), made(0.6, a=ModelKey("run", "d"))]
    first, second, third = corrected(tests)
    assert first.relation == BETTER
    assert second.relation == third.relation == SAME
    assert second.detectable == pytest.approx(ESTIMATE.detectable(0.05 / 2), rel=1e-6)
    assert second.detectable > ESTIMATE.detectable(0.05)


def test_what_is_found_for_learners_is_found_for_their_models_first():
    of_model, of_learner = corrected([made(0.5), made(0.6, question="learner")])
    assert of_model.detectable == pytest.approx(ESTIMATE.detectable(0.05 / 2), rel=1e-6)
    assert of_learner.detectable == pytest.approx(ESTIMATE.detectable(0.05), rel=1e-6)


def test_a_test_that_cannot_reach_the_level_is_not_decided():
    (c,) = corrected([replace(made(0.2), floor=0.1)])
    assert (c.relation, c.detectable) == (OPEN, None)
    assert c.why == "so few units with different answers give no p under 0.1, and 0.05 is needed for so many tests"


def test_where_no_unit_differs_no_difference_is_said_to_be_often_missed():
    (comparison,) = corrected([replace(made(1.0), estimate=Estimate(0.0, (Part(0.0, 1e9),)))])
    assert (comparison.relation, comparison.detectable) == (SAME, None)
