"""Ranks, Friedman's and Wilcoxon's tests, against scipy and counting all signs."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from seqbench.comparing.statistics import rank_tests


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=9))
@settings(max_examples=100, deadline=None)
def test_friedman_is_the_f_form_of_scipys_statistic(rows):
    scores = np.array(rows, float)
    n, k = scores.shape
    with np.errstate(all="ignore"):
        chi = stats.friedmanchisquare(*scores.T).statistic if np.ptp(scores, axis=1).any() else 0.0
    ways = [len(set(permutations(row))) for row in rows]
    least = max(ways) / np.prod(np.array(ways, float))
    if n * (k - 1) - chi < 1e-9:
        assert rank_tests.friedman(scores) == pytest.approx(least)
    else:
        expected = stats.f.sf((n - 1) * chi / (n * (k - 1) - chi), k - 1, (k - 1) * (n - 1))
        assert rank_tests.friedman(scores) == pytest.approx(max(expected, least))


def test_friedman_of_datasets_that_rank_alike_is_how_often_chance_does_so():
    """All 216 ways to rank three models on three datasets, counted."""
    orders = list(permutations((1.0, 2.0, 3.0)))
    alike = np.mean([first == second == third for first, second, third in product(orders, repeat=3)])
    assert rank_tests.friedman(np.array([orders[0]] * 3)) == pytest.approx(alike)
    assert rank_tests.friedman(np.ones((3, 3))) == 1.0


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=9))
@settings(max_examples=100, deadline=None)
def test_wilcoxon_counts_all_signs(values):
    differences = np.array([v for v in values if v], float)
    if not len(differences):
        assert rank_tests.wilcoxon(np.array(values, float)) == 1
        return
    placed = stats.rankdata(np.abs(differences))
    sums = np.array([placed[np.array(signs, bool)].sum() for signs in product([0, 1], repeat=len(placed))])
    mine = placed[differences > 0].sum()
    tail = min(np.mean(sums <= mine + 1e-9), np.mean(sums >= mine - 1e-9))
    assert rank_tests.wilcoxon(np.array(values, float)) == pytest.approx(min(1, 2 * tail))


def test_wilcoxon_equals_scipys_exact_test_without_ties():
    differences = np.array([0.5, -1.1, 2.3, 3.7, 4.2, -0.2, 6.0])
    assert rank_tests.wilcoxon(differences) == pytest.approx(stats.wilcoxon(differences, method="exact").pvalue)


@pytest.mark.parametrize("count", [rank_tests.EXACT, rank_tests.EXACT + 1, 1023, 1024, 3000, 100_000])
def test_many_differences_have_the_p_of_scipy(count):
    differences = np.random.default_rng(count).normal(3 / count**0.5, 1, count)
    exact = count <= rank_tests.EXACT
    expected = stats.wilcoxon(differences, method="exact" if exact else "asymptotic", correction=not exact).pvalue
    assert rank_tests.wilcoxon(differences) == pytest.approx(expected, rel=1e-6)
    assert 0 < expected < 0.5


def test_ties_among_many_differences_have_the_p_of_scipy_and_the_approximation_goes_on_from_the_exact_test():
    random = np.random.default_rng(1)
    tied = random.integers(-8, 10, 2000).astype(float)
    assert rank_tests.wilcoxon(tied) == pytest.approx(stats.wilcoxon(tied, correction=True).pvalue, rel=0.01)
    differences = random.normal(0.12, 1, rank_tests.EXACT + 1)
    assert rank_tests.wilcoxon(differences) == pytest.approx(rank_tests.wilcoxon(differences[:-1]), rel=0.3)
    assert rank_tests.wilcoxon(np.ones(5000)) < 1e-300
    assert rank_tests.wilcoxon(np.append(np.ones(5000), -np.ones(5000))) == 1


def test_ranks_share_ties_and_one_is_best():
    assert rank_tests.ranks(np.array([[0.9, 0.8, 0.9, 0.1]])).tolist() == [[1.5, 3, 1.5, 4]]


def test_wins_ties_and_losses_are_those_of_the_better_rank():
    scores = np.array([[0.9, 0.8], [0.7, 0.7], [0.6, 0.5], [0.1, 0.2]])
    (pair,) = rank_tests.pairs(scores)
    assert (pair.first, pair.wins, pair.ties, pair.losses) == (0, 2, 1, 1)


def test_cliques_are_the_longest_stretches_without_a_pair_apart():
    apart = frozenset({frozenset((0, 2)), frozenset((0, 3)), frozenset((1, 3))})
    assert rank_tests.cliques([0, 1, 2, 3], apart) == [(0, 1), (1, 2), (2, 3)]
    assert rank_tests.cliques([0, 1, 2], frozenset()) == [(0, 2)]
    assert rank_tests.cliques([0, 1], frozenset({frozenset((0, 1))})) == []


@pytest.mark.parametrize(("models", "q"), [(2, 1.960), (3, 2.343), (5, 2.728), (10, 3.164)])
def test_nemenyi_s_critical_difference_is_that_of_demsar_s_table(models, q):
    datasets = 12
    critical = q * np.sqrt(models * (models + 1) / (6 * datasets))
    p = rank_tests.mean_ranks_differ(critical, (datasets, models), all_pairs=True)
    assert p == pytest.approx(0.05, abs=0.0003)


def test_nemenyi_s_p_are_those_of_scikit_posthocs():
    """By `posthoc_nemenyi_friedman` of scikit-posthocs 0.17.1."""
    scores = [[0.9, 0.8, 0.7, 0.1], [0.8, 0.9, 0.2, 0.3], [0.7, 0.6, 0.5, 0.4], [0.9, 0.7, 0.1, 0.2],
              [0.95, 0.6, 0.7, 0.3], [0.6, 0.5, 0.55, 0.2]]  # fmt: skip
    expected = {(0, 1): 0.536287, (0, 2): 0.066389, (0, 3): 0.004426, (1, 2): 0.678388, (1, 3): 0.183287,
                (2, 3): 0.807757}  # fmt: skip
    p = {(pair.first, pair.second): pair.p for pair in rank_tests.pairs(np.array(scores), "nemenyi")}
    assert p == pytest.approx(expected, abs=1e-6)


def test_nemenyi_finds_at_ten_datasets_and_ten_models_what_wilcoxon_with_holm_cannot():
    scores = np.tile(np.linspace(0.9, 0.1, 10), (10, 1))
    by_procedure = {name: rank_tests.pairs(scores, name)[8] for name in rank_tests.PROCEDURES}  # best and worst
    assert by_procedure["nemenyi"].p_adjusted < 0.001
    assert by_procedure["holm"].p_adjusted > 0.05
    assert by_procedure["shaffer"].p_adjusted <= by_procedure["holm"].p_adjusted


def test_one_model_beside_all_others_is_tested_by_z_with_holm():
    scores = np.tile([0.9, 0.5, 0.1], (8, 1))
    pairs = rank_tests.pairs(scores, "nemenyi", against=0)
    z = np.array([1, 2]) / np.sqrt(3 * 4 / (6 * 8))
    raw = 2 * stats.norm.sf(z)
    assert [pair.p for pair in pairs] == pytest.approx(raw)
    assert [pair.p_adjusted for pair in pairs] == pytest.approx([raw[0], 2 * raw[1]])


def test_a_pair_whose_signed_ranks_lean_to_the_worse_mean_rank_is_not_told_apart():
    """Thirteen small wins and seven large losses: the mean ranks favour the first, the signed ranks the second."""
    losses = np.arange(14, 21) / 100
    scores = np.stack([np.concatenate([np.arange(1, 14) / 1000, -losses * 100]), np.zeros(20)], axis=1)
    (pair,) = rank_tests.pairs(scores)
    assert (pair.first, pair.wins, pair.losses, pair.turned, pair.p_adjusted) == (0, 13, 7, True, 1.0)
    assert pair.p == rank_tests.wilcoxon(scores[:, 0])
    (straight,) = rank_tests.pairs(np.abs(scores))
    assert (straight.turned, straight.p_adjusted) == (False, straight.p)
    (other,) = rank_tests.pairs(scores, rank_tests.NEMENYI)
    assert not other.turned


def test_of_two_models_with_one_mean_rank_the_first_is_the_one_that_signed_ranks_lean_to():
    """Twelve wins of either, of which those of the second are much larger."""
    wins = np.arange(1, 13) / 1000
    scores = np.stack([np.append(wins, np.zeros(12)), np.append(np.zeros(12), 100 * wins)], axis=1)
    (pair,) = rank_tests.pairs(scores)
    assert (pair.first, pair.turned, pair.p_adjusted) == (1, False, rank_tests.wilcoxon(scores[:, 0] - scores[:, 1]))
    assert pair.p_adjusted < 0.05


def test_what_is_told_apart_has_the_better_mean_rank_and_the_signed_ranks_of_the_same_model():
    random = np.random.default_rng(3)
    apart = 0
    for _ in range(40):
        scores = np.round(random.normal(size=(14, 4)) + np.linspace(0, 1.5, 4) + random.exponential(2, (14, 1)), 1)
        means = rank_tests.ranks(scores).mean(0)
        for pair in rank_tests.pairs(scores):
            if pair.p_adjusted <= 0.05:
                apart += 1
                assert means[pair.first] <= means[pair.second] + 1e-9
                assert rank_tests.leaning(scores[:, pair.first] - scores[:, pair.second]) > 0
    assert apart


@pytest.mark.parametrize("count", [2, 3, 10, 40])
def test_the_range_of_normal_numbers_is_that_of_scipy(count):
    for distance in (0.0, 0.5, 2.0, 3.5, 6.0, 20.0):
        expected = stats.studentized_range.sf(distance, count, np.inf)
        assert rank_tests.range_beyond(distance, count) == pytest.approx(expected, abs=1e-9)
