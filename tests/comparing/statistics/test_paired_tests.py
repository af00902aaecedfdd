"""Paired tests, against counting all signs, scipy, statsmodels and simulation."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from token_counts import of_tokens

from seqbench.comparing.statistics.paired_tests import floors, mcnemar, randomisation
from seqbench.comparing.statistics.resampling import Draws
from seqbench.scoring.sentence_counts import Counts, f1

RANDOM = np.random.default_rng(5)


def of_differences(differences):
    """Two models of one seed whose right tokens differ by these numbers."""
    differences = np.asarray(differences)
    second = np.full_like(differences, 10)
    return of_tokens([(second + differences)[None], second[None]], np.full_like(differences, 20))


@pytest.mark.parametrize("differences", [[3, 1, -1, 2, 0, 4, 1, -2], [1, -1, 1, -1], [0, 0, 0], [5, 5, 5, 5, 5, 5, 5]])
def test_randomisation_equals_counting_all_signs(differences):
    sums = [abs(np.dot(s, differences)) for s in product((-1, 1), repeat=len(differences))]
    exact = np.mean(np.array(sums) >= abs(sum(differences)))
    found = randomisation(of_differences(differences), [(0, 1)], Draws())[0]
    assert found == pytest.approx(exact, abs=1e-12)


def test_p_of_few_units_is_never_under_what_their_exchanges_can_give():
    differences = np.array([4, 3, 3, 2, 1, 1, *[0] * 100])
    counts = of_differences(differences)
    assert randomisation(counts, [(0, 1)], Draws()).tolist() == floors(counts, [(0, 1)]) == [2 / 64]


def test_p_of_more_units_is_drawn_and_near_counting_all_signs():
    differences = RANDOM.integers(1, 5, 15) * RANDOM.choice([-1, 1, 1], 15)
    sums = np.array(list(product((-1, 1), repeat=15))) @ differences
    exact = np.mean(np.abs(sums) >= abs(differences.sum()))
    found = randomisation(of_differences(differences), [(0, 1)], Draws())[0]
    assert found == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 10_000) ** 0.5 + 2e-4)


@pytest.mark.parametrize(
    ("differences", "least"), [([3, 0, 0, -1, 2, 0], 0.25), ([5, 5, 5, 5], 0.125), ([0, 0, 0], 0.25)]
)
def test_only_units_with_different_answers_can_move_p(differences, least):
    assert floors(of_differences(differences), [(0, 1)]) == [least]
    whole = np.abs(differences)
    if whole.any():
        counts = of_differences(whole)
        assert randomisation(counts, [(0, 1)], Draws())[0] == floors(counts, [(0, 1)])[0]


def test_randomisation_of_f1_equals_exchanging_whole_sentences_by_hand():
    models = RANDOM.integers(0, 4, (2, 9, 3)) + np.array([0, 3, 3])

    def apart(swapped):
        first = np.where(swapped[:, None], models[1], models[0]).sum(0)
        second = np.where(swapped[:, None], models[0], models[1]).sum(0)
        return abs(2 * first[0] / (first[1] + first[2]) - 2 * second[0] / (second[1] + second[2]))

    real = apart(np.zeros(9, bool))
    exact = np.mean([apart(np.array(s)) >= real - 1e-12 for s in product((False, True), repeat=9)])
    found = randomisation(Counts((models[:1], models[1:]), f1), [(0, 1)], Draws())[0]
    assert found == pytest.approx(exact, abs=1e-12)


@given(st.integers(0, 2**16), st.integers(0, 4))
@settings(max_examples=8, deadline=None)
def test_randomisation_equals_scipy_s_permutation_test(seed, favour):
    first, second = np.random.default_rng(seed).integers(0, 9, (2, 60))
    second = np.minimum(first, second + favour)

    def statistic(x, y, axis):
        return np.mean(x - y, axis=axis)

    oracle = stats.permutation_test(
        (first, second), statistic, permutation_type="samples", n_resamples=20_000, rng=np.random.default_rng(1)
    )
    found = randomisation(of_differences(first - second), [(0, 1)], Draws())[0]
    assert found == pytest.approx(oracle.pvalue, abs=0.02)


def test_seeds_are_exchanged_together_and_count_as_their_mean():
    tokens = np.full(40, 12)
    several, one = RANDOM.integers(0, 12, (3, 40)), RANDOM.integers(2, 12, (1, 40))
    sums = several.sum(0) - 3 * one[0]
    found = randomisation(of_tokens([several, one], tokens), [(0, 1)], Draws())[0]
    oracle = stats.permutation_test(
        (sums,), lambda x, axis: np.sum(x, axis=axis), permutation_type="samples", n_resamples=20_000,
        rng=np.random.default_rng(1),
    )  # fmt: skip
    assert found == pytest.approx(oracle.pvalue, abs=0.015)


def test_many_pairs_at_once_equal_each_alone():
    right = RANDOM.integers(0, 9, (5, 1, 80))
    counts = of_tokens(list(right), np.full(80, 9))
    pairs = list(combinations(range(5), 2))
    alone = [randomisation(of_tokens([right[a], right[b]], np.full(80, 9)), [(0, 1)], Draws())[0] for a, b in pairs]
    assert randomisation(counts, pairs, Draws()).tolist() == alone


def test_counts_too_large_for_short_floats_are_still_exact():
    differences = np.array([3, 1, -1, 2, 0, 4, 1, -2])
    second = np.full(8, 50_000_000)
    large = of_tokens([(second + differences)[None], second[None]], second * 2)
    assert randomisation(large, [(0, 1)], Draws()) == randomisation(of_differences(differences), [(0, 1)], Draws())


def test_the_same_tagger_is_rejected_in_about_five_of_a_hundred():
    differences = RANDOM.integers(-3, 4, (600, 1, 150))
    models = [np.full((1, 150), 10), *(10 + differences)]
    pairs = [(0, number) for number in range(1, 601)]
    p = randomisation(of_tokens(models, np.full(150, 20)), pairs, Draws(2000))
    assert 0.03 < np.mean(p <= 0.05) < 0.07


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"), [(3, 9, 0.145996094), (10, 25, 0.016673848), (0, 7, 1 / 64)]
)
def test_mcnemar_is_that_of_statsmodels(only_first, only_second, p):
    """By `mcnemar(exact=True)` of statsmodels 0.15.0."""
    first = np.repeat([True, True, False], [50, only_first, only_second])
    second = np.repeat([True, False, True], [50, only_first, only_second])
    assert mcnemar(first, second).exact_p == pytest.approx(p, rel=1e-7)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_mcnemar_is_scipy_s_binomial_test_and_its_mid_p_is_less_half_a_point(pairs):
    first, second = np.array(pairs).T
    found = mcnemar(first, second)
    one, two = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
    assert (found.only_first, found.only_second) == (one, two)
    exact = stats.binomtest(one, one + two).pvalue if one + two else 1.0
    assert found.exact_p == pytest.approx(exact)
    half_a_point = stats.binom.pmf(min(one, two), one + two, 0.5)
    assert found.mid_p == pytest.approx(1.0 if one == two else exact - half_a_point)
