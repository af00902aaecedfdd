"""Almost stochastic order, against integrating quantile functions on a grid, and in cases that anyone can see."""

import numpy as np
import pytest

from seqbench.comparing.statistics.stochastic_dominance import almost_stochastic_order, violation_ratio

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize(("n", "m"), [(5, 5), (5, 7), (6, 4), (1, 3)])
def test_the_violation_ratio_equals_integration_on_a_fine_grid(n, m):
    first, second = RANDOM.normal(0.2, 1, n), RANDOM.normal(0, 1, m)
    grid = (np.arange(84_000) + 0.5) / 84_000
    one, two = (np.sort(s)[(grid * len(s)).astype(int)] for s in (first, second))
    squared = (one - two) ** 2
    expected = squared[one < two].sum() / squared.sum()
    assert violation_ratio(first[None], second[None])[0] == pytest.approx(expected, abs=1e-9)


def test_both_ways_the_ratios_add_up_to_one_and_equal_samples_give_one_half():
    first, second = RANDOM.normal(0, 1, (2, 4, 6))
    assert violation_ratio(first, second) + violation_ratio(second, first) == pytest.approx(1)
    assert violation_ratio(first, first).tolist() == [0.5] * 4


def test_one_that_is_always_above_dominates_and_one_below_does_not():
    scores = RANDOM.normal(0.9, 0.01, 5)
    assert almost_stochastic_order(scores + 0.1, scores) == 0.0
    assert almost_stochastic_order(scores, scores + 0.1) == 1.0


def test_samples_of_one_distribution_are_rarely_said_to_dominate():
    pairs = RANDOM.normal(0, 1, (200, 2, 8))
    assert np.mean([almost_stochastic_order(a, b) < 0.2 for a, b in pairs]) <= 0.1


def test_under_five_seeds_it_is_refused():
    with pytest.raises(ValueError, match="takes 5 seeds of each, got 4 and 9"):
        almost_stochastic_order(np.zeros(4), np.zeros(9))
