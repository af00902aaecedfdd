"""Estimates: intervals, p values and detectable sizes, against scipy and simulation."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.estimate import Estimate, Part


def test_one_part_is_student_s_t_test():
    found = Estimate(2.0, (Part(1.0, 7),))
    assert found.p == pytest.approx(2 * stats.t.sf(2, 7))
    assert found.interval() == pytest.approx((2 - stats.t.ppf(0.975, 7), 2 + stats.t.ppf(0.975, 7)))


def test_several_parts_have_their_own_quantiles_and_p_is_where_the_interval_ends_at_zero():
    found = Estimate(3.0, (Part(1.0, 200), Part(0.5, 4)))
    reach = np.sqrt(stats.t.ppf(0.975, 200) ** 2 + 0.5 * stats.t.ppf(0.975, 4) ** 2)
    assert found.interval()[1] == pytest.approx(3 + reach)
    assert found.interval(1 - found.p)[0] == pytest.approx(0, abs=1e-4)


def test_an_estimate_without_error_is_certain():
    assert Estimate(0.0, (Part(0.0, 1.0),)).p == 1
    assert Estimate(0.1, (Part(0.0, 1.0),)).p == 0
    assert Estimate(0.0, (Part(1.0, 3), Part(1.0, 3))).p == 1
    assert Estimate(1e30, (Part(1.0, 300), Part(1.0, 300))).p == pytest.approx(0, abs=1e-30)


@pytest.mark.parametrize(
    "freedom", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(4, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("share", [pytest.param(0.1, marks=pytest.mark.slow), 0.5, 0.9])
def test_equal_scores_are_rejected_in_no_more_than_five_of_a_hundred_whatever_the_parts(freedom, share):
    random, rounds = np.random.default_rng(1), 4000
    values = random.normal(0, 1, rounds)
    seen = share * random.chisquare(freedom, rounds) / freedom
    found = [Estimate(v, (Part(1 - share, 300), Part(s, freedom))).p for v, s in zip(values, seen, strict=True)]
    assert np.mean(np.array(found) <= 0.05) < 0.062


def test_the_interval_of_a_share_is_wilson_s():
    share, count = 0.93, 400
    found = Estimate(share, (Part(share * (1 - share) / count, 1e9),)).share_interval(count)
    wilson = stats.binomtest(372, 400).proportion_ci(method="wilson")
    assert found == pytest.approx((wilson.low, wilson.high), abs=1e-6)


def test_a_share_of_all_ends_at_one_and_begins_where_wilson_s_does():
    low, high = Estimate(1.0, (Part(0.0, 49),)).share_interval(50)
    assert (low, high) == (pytest.approx(stats.binomtest(50, 50).proportion_ci(method="wilson").low), 1.0)


@pytest.mark.parametrize(("freedom", "level"), [(8, 0.05), (60, 0.05), (60, 0.001)])
def test_the_detectable_difference_is_found_in_eighty_of_a_hundred(freedom, level):
    random = np.random.default_rng(1)
    error = np.sqrt(random.chisquare(freedom, 200_000) / freedom)
    size = Estimate(0.0, (Part(1.0, freedom),)).detectable(level)
    seen = random.normal(size, 1, 200_000) / error
    assert np.mean(np.abs(seen) > stats.t.ppf(1 - level / 2, freedom)) == pytest.approx(0.8, abs=0.03)


def test_p_of_several_parts_is_that_of_all_halvings_to_the_last_digit():
    """Newton's method only says which halvings need no reach."""
    random = np.random.default_rng(7)
    for _ in range(100):
        parts = [
            Part(float(v), float(f)) for v, f in zip(random.random(3) + 1e-4, random.integers(1, 500, 3), strict=True)
        ]
        found = Estimate(float(10 ** random.uniform(-2, 1.5)), tuple(parts))
        low, high = np.log(1e-40), 0.0
        while high - low > 1e-9:
            middle = (low + high) / 2
            low, high = (middle, high) if found.reach(np.exp(middle)) > found.value else (low, middle)
        assert found.p == pytest.approx(np.exp((low + high) / 2), rel=1e-15) or found.reach(1e-40) <= found.value
