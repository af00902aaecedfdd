"""The tail of the randomisation test, against counting all signs."""

from itertools import product
from math import comb

import numpy as np
import pytest
from scipy.stats import norm, t

from seqbench.comparing.statistics.sign_flips import COUNTED, all_signs, found_by_exchanges, tail


def counted(differences):
    """Two-sided p by the number of ways to sign the differences, exact in whole numbers."""
    sizes = [abs(int(d)) for d in differences if d]
    ways = np.array([1] + [0] * sum(sizes), object)
    for size in sizes:
        ways[size:] += ways[: len(ways) - size].copy()
    flipped = (sum(sizes) - abs(int(sum(differences)))) // 2
    return min(1.0, float(2 * sum(ways[: flipped + 1])) / 2 ** len(sizes))


@pytest.mark.parametrize("units", [12, 40, 200])
@pytest.mark.parametrize("shift", [0.6, 1.0, 2.0])
def test_a_small_p_is_that_of_counting_all_signs(units, shift):
    random = np.random.default_rng([units, round(10 * shift)])
    rows = np.rint(random.normal(shift, 2, (6, units))).astype(np.int64)
    exact = np.array([counted(row) for row in rows])
    small = exact < 0.01
    assert tail(rows)[small] == pytest.approx(exact[small], rel=0.25 if units == 12 else 0.05)


def test_differences_of_one_are_a_binomial_tail():
    row = np.array([1] * 190 + [-1] * 10)
    exact = 2 * sum(comb(200, fewer) for fewer in range(11)) / 2**200
    assert tail(row[None])[0] == pytest.approx(exact, rel=0.01)


def test_whole_multiples_have_the_p_of_what_they_are_multiples_of():
    row = np.array([3, 1, 2, 2, 1, 1, 4, -1, 2, 1, 1, 2])
    assert tail(5 * row[None])[0] == pytest.approx(tail(row[None])[0])


def test_differences_of_one_sign_are_exact_and_none_give_one():
    rows = np.array([[1, 2, 3, 4, 0], [0, 0, 0, 0, 0], [1, -1, 2, -2, 0]])
    assert tail(rows).tolist() == [2 / 2**4, 1.0, 1.0]
    assert tail(np.zeros((0, 4), np.int64)).tolist() == []


def test_a_mean_that_few_units_find_is_that_of_all_signs():
    """Six units find at 5 % only what all of them say alike."""
    size = found_by_exchanges(6, 0.05)
    assert norm.cdf(size / np.sqrt(6)) ** 6 == pytest.approx(0.8, abs=0.03)
    assert found_by_exchanges(5, 0.05) == np.inf
    freedom = COUNTED - 1
    assert found_by_exchanges(COUNTED, 0.05) == pytest.approx(t.ppf(0.975, freedom) + t.ppf(0.8, freedom), rel=0.05)


def test_all_signs_are_all_ways_and_the_first_turns_none():
    signs = all_signs(4)
    assert sorted(map(tuple, signs.tolist())) == sorted(product((-1.0, 1.0), repeat=4))
    assert signs[0].tolist() == [1.0] * 4
    assert (signs[:8, 3] == 1).all()
