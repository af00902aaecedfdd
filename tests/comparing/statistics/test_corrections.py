"""Corrections for many tests, against their definitions, scipy, figures of statsmodels and counting."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from seqbench.comparing.statistics.corrections import benjamini_hochberg, holm, shaffer


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_corrections_equal_holm_s_definition_and_scipy(p):
    ordered = sorted(p)
    for raw, adjusted in zip(p, holm(p), strict=True):
        up_to = [value * (len(p) - place) for place, value in enumerate(ordered) if value <= raw]
        assert adjusted == pytest.approx(min(1, max(up_to)))
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p).tolist())


def test_corrections_are_those_of_statsmodels():
    """By `multipletests` of statsmodels 0.15.0."""
    p = [0.001, 0.012, 0.014, 0.03, 0.04, 0.5]
    assert holm(p) == pytest.approx([0.006, 0.06, 0.06, 0.09, 0.09, 0.5])
    assert benjamini_hochberg(p) == pytest.approx([0.006, 0.028, 0.028, 0.045, 0.048, 0.5])


@pytest.mark.parametrize("models", [3, 4, 5, 6])
def test_shaffer_s_factors_are_those_of_all_ways_in_which_models_can_be_equal(models):
    ways = {sum(a == b for a, b in combinations(groups, 2)) for groups in product(range(models), repeat=models)}
    pairs = models * (models - 1) // 2
    p = [1e-6 * (number + 1) for number in range(pairs)]
    steps = [max([way for way in ways if way <= pairs - place] + [0]) or 1 for place in range(pairs)]
    assert shaffer(p, models) == pytest.approx(np.maximum.accumulate(np.array(p) * steps))


def test_no_test_needs_no_correction():
    assert (holm([]), benjamini_hochberg([])) == ([], [])


def test_shaffer_takes_the_numbers_of_pairs_that_can_be_equal_at_once():
    """Of four models 6, 3, 2, 1 or 0 pairs are equal at once (Shaffer 1986): after the first rejection 3, not 5."""
    p = [0.001, 0.012, 0.014, 0.03, 0.04, 0.5]
    steps = [6 * 0.001, 3 * 0.012, 3 * 0.014, 3 * 0.03, 2 * 0.04, 0.5]
    assert shaffer(p, 4) == pytest.approx(np.maximum.accumulate(steps))
    assert all(s <= h for s, h in zip(shaffer(p, 4), holm(p), strict=True))
