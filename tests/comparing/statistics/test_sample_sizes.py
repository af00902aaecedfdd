"""Sizes that a test takes: against the power of a t test by scipy and statsmodels, and by simulation."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.estimate import Part
from seqbench.comparing.statistics.sample_sizes import least, seeds_needed, units_needed


def power_of_t(size, spread, units, level):
    """Exact power of the one-sample t test."""
    border, shift = stats.t.ppf(1 - level / 2, units - 1), size / (spread / units**0.5)
    return 1 - stats.nct.cdf(border, units - 1, shift) + stats.nct.cdf(-border, units - 1, shift)


@pytest.mark.parametrize(("size", "level"), [(0.5, 0.05), (0.2, 0.05), (0.1, 0.001)])
def test_units_are_those_at_which_a_t_test_has_80_percent_power(size, level):
    needed = units_needed(1.0, size, level)
    assert power_of_t(size, 1.0, needed, level) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(("size", "level", "units"), [(0.5, 0.05, 33.37), (0.2, 0.05, 198.15), (0.1, 0.001, 1712.88)])
def test_units_are_those_of_statsmodels(size, level, units):
    """By `TTestPower.solve_power` of statsmodels 0.15.0."""
    assert units_needed(1.0, size, level) == np.ceil(units)


def test_twice_the_difference_takes_a_quarter_of_the_units():
    assert units_needed(1.0, 0.01, 0.05) == pytest.approx(4 * units_needed(1.0, 0.02, 0.05), rel=0.001)


def test_seeds_are_enough_in_simulation_and_a_text_that_is_too_short_takes_none():
    text, spread, size = Part(0.3**2, 500), 1.0, 2.0
    seeds = seeds_needed(text, [spread**2, spread**2], size, 0.05)
    random, found = np.random.default_rng(0), []
    for _ in range(400):
        first, second = random.normal(size, spread, seeds), random.normal(0, spread, seeds)
        parts = [text, *(Part(scores.var(ddof=1) / seeds, seeds - 1) for scores in (first, second))]
        reach = sum(part.variance * stats.t.ppf(0.975, part.freedom) ** 2 for part in parts) ** 0.5
        found.append(first.mean() - second.mean() + random.normal(0, 0.3) > reach)
    assert 0.74 < np.mean(found) < 0.92
    assert seeds_needed(Part(4.0, 500), [1.0], size, 0.05) is None


def test_the_least_number_is_found_by_halving():
    assert least(lambda number: number >= 1234) == 1234
    assert least(lambda _: True) == 2
    assert least(lambda _: False) is None
