"""Practical equality: against baycomp's figures, two one-sided t tests of scipy, and simulated errors."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.corrected_resampled_t import Splits, corrected
from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.comparing.statistics.practical_equality import (
    border_p,
    border_ranks,
    correlated_t,
    signed_rank,
    with_least_error,
)

FIRST = np.array([0.91, 0.82, 0.85, 0.77, 0.93, 0.88, 0.79, 0.95, 0.84, 0.90])
SECOND = np.array([0.905, 0.81, 0.852, 0.76, 0.931, 0.87, 0.791, 0.94, 0.842, 0.896])
BAYCOMP = {  # probabilities (first better, equal, second better) by baycomp 1.0.3, by rope
    0.0027: ((0.8071, 0.1929, 0.0), (0.7310686690, 0.2586058770, 0.0103254540)),
    0.01: ((0.00242, 0.99758, 0.0), (0.0242222391, 0.9756349583, 0.0001428026)),
    0.02: ((0.0, 1.0, 0.0), (7.18373e-05, 0.9999259098, 2.25285e-06)),
}


@pytest.mark.parametrize("rope", BAYCOMP)
def test_the_signed_rank_posterior_is_that_of_baycomp(rope):
    found = signed_rank(FIRST - SECOND, rope)
    assert (found.better, found.equal, found.worse) == pytest.approx(BAYCOMP[rope][0], abs=0.008)


def test_the_posterior_is_that_of_all_pairs_of_datasets_also_at_the_border_itself():
    """By the sums of all pairs, for differences of which some make a sum of just twice the rope."""
    differences = np.array([0.01, 0.03, -0.01, 0.0, 0.02, 0.01, -0.03])
    apart = np.append(0.0, differences)
    sums = np.round(np.add.outer(apart, apart), 12)
    weights = np.random.default_rng(0).dirichlet(np.append(0.5, np.ones(7)), 20_000)
    shares = [np.einsum("di,ij,dj->d", weights, (s > 0.02) + 0.5 * (s == 0.02), weights) for s in (sums, -sums)]
    expected = np.bincount(np.stack([shares[0], 1 - sum(shares), shares[1]], 1).argmax(1), minlength=3) / 20_000
    found = signed_rank(differences, 0.01)
    assert (found.better, found.equal, found.worse) == pytest.approx(expected.tolist(), abs=0.012)


@pytest.mark.parametrize("rope", BAYCOMP)
def test_the_correlated_t_posterior_is_that_of_baycomp_with_its_correlation(rope):
    apart = FIRST - SECOND
    estimate = Estimate(float(apart.mean()), (Part(float(apart.var(ddof=1)) * (1 / 10 + 1 / 9), 9),))
    found = correlated_t(estimate, rope)
    assert (found.better, found.equal, found.worse) == pytest.approx(BAYCOMP[rope][1], abs=1e-6)


def test_the_p_of_a_border_is_twice_the_larger_of_two_one_sided_tests():
    apart = FIRST - SECOND
    estimate = Estimate(float(apart.mean()), (Part(float(apart.var(ddof=1)) / 10, 9),))
    lower = stats.ttest_1samp(apart, -0.01, alternative="greater").pvalue
    upper = stats.ttest_1samp(apart, 0.01, alternative="less").pvalue
    assert border_p(estimate, 0.01) == pytest.approx(2 * max(lower, upper))


def test_without_any_difference_so_much_is_left_open_as_so_few_answers_show():
    none = with_least_error(Estimate(0.0, (Part(0.0, 599),)), 1 / 600)
    assert border_p(none, 0.002) > 0.05
    assert border_p(none, 0.01) < 0.05


def test_ranks_beside_a_border_say_better_equal_or_worse_with_the_p_of_wilcoxon():
    up, near = np.arange(10) / 100 + 0.02, np.array([0.001, -0.002, 0.003, -0.001, 0.002, 0.0, 0.0, -0.003, 0.001, 0.0])
    exact = stats.wilcoxon(up - 0.01, method="exact").pvalue
    assert border_ranks(up, 0.01) == (pytest.approx(exact), "better")
    assert border_ranks(-up, 0.01) == (pytest.approx(exact), "worse")
    assert border_ranks(near, 0.01) == (pytest.approx(2 / 2**10), "equal")


def test_at_most_5_percent_is_said_falsely_where_the_difference_is_the_rope():
    """Over datasets by ranks, over folds by the interval; 300 rounds each."""
    random, said = np.random.default_rng(5), np.zeros(2)
    splits = Splits(test=10, train=90, whole=100, disjoint=True)
    for _ in range(300):
        said[0] += border_ranks(random.normal(0.01, 0.01, 10), 0.01)[0] <= 0.05
        test, train = random.normal(0, 0.02, (10, 10)), random.normal(0, 0.02 * 2**0.5, (10, 10))
        scores = np.array([0.01 + test[f].mean() + np.delete(train, f, 0).mean() for f in range(10)])
        said[1] += border_p(corrected(scores, splits), 0.01) <= 0.05
    assert (said / 300 <= 0.05 + 2 * (0.05 * 0.95 / 300) ** 0.5).all()
