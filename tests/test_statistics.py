"""Statistics of comparison, against scipy, brute force and simulation."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from seqbench.statistics.corrections import benjamini_hochberg, holm
from seqbench.statistics.effects import error_reduction, smallest_detectable, superiority
from seqbench.statistics.intervals import bootstrap, interval
from seqbench.statistics.paired import mcnemar, randomisation
from seqbench.statistics.resampling import signs, weights

RANDOM = np.random.default_rng(5)


def test_signs_are_balanced_and_weights_are_draws_with_replacement():
    drawn = np.concatenate(list(signs(np.random.default_rng(1), 5000, 37)))
    assert drawn.shape == (5000, 37)
    assert set(np.unique(drawn)) == {-1, 1}
    assert abs(drawn.mean()) < 0.01
    weighed = np.concatenate(list(weights(np.random.default_rng(1), 5000, 37)))
    assert (weighed.sum(1) == 37).all()
    assert weighed.var() == pytest.approx(36 / 37, rel=0.02)


@pytest.mark.parametrize("differences", [[3, 1, -1, 2, 0, 4, 1, -2], [1, -1, 1, -1], [0, 0, 0], [5, 5, 5, 5, 5, 5, 5]])
def test_randomisation_equals_counting_all_signs(differences):
    sums = [abs(np.dot(s, differences)) for s in product((-1, 1), repeat=len(differences))]
    exact = np.mean(np.array(sums) >= abs(sum(differences)))
    found = randomisation(np.array(differences, float)[:, None])[0]
    assert found == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 10_000) ** 0.5 + 2e-4)


def test_randomisation_equals_scipy_s_permutation_test():
    first, second = RANDOM.integers(0, 9, (2, 60))
    second = np.minimum(first, second + 3)

    def statistic(x, y, axis):
        return np.mean(x - y, axis=axis)

    oracle = stats.permutation_test(
        (first, second), statistic, permutation_type="samples", n_resamples=20_000, rng=np.random.default_rng(1)
    )
    found = randomisation((first - second).astype(float)[:, None])[0]
    assert found == pytest.approx(oracle.pvalue, abs=0.01)


def test_many_pairs_at_once_equal_each_alone():
    differences = RANDOM.integers(-3, 4, (80, 5)).astype(float)
    together = randomisation(differences)
    assert together.tolist() == [randomisation(differences[:, [i]])[0] for i in range(5)]


def test_the_same_tagger_is_rejected_in_about_five_of_a_hundred():
    differences = RANDOM.integers(-3, 4, (150, 600)).astype(float)
    assert 0.03 < np.mean(randomisation(differences) <= 0.05) < 0.07


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_mcnemar_is_scipy_s_binomial_less_half_of_its_point(first, random):
    first = np.array(first)
    second = np.array([random.random() < 0.5 for _ in first])
    b, c = int((first & ~second).sum()), int((second & ~first).sum())
    if b + c == 0:
        assert mcnemar(first, second) == 1
    else:
        exact = stats.binomtest(min(b, c), b + c).pvalue
        assert mcnemar(first, second) == pytest.approx(
            min(1, exact - stats.binom.pmf(min(b, c), b + c, 0.5)) if b != c else 1
        )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_corrections_equal_their_definitions(p):
    ordered = sorted(p)
    for raw, adjusted in zip(p, holm(p), strict=True):
        ranks = [i for i, value in enumerate(ordered) if value <= raw]
        assert adjusted == pytest.approx(min(1, max(ordered[i] * (len(p) - i) for i in ranks)))
    assert benjamini_hochberg(p) == pytest.approx(list(stats.false_discovery_control(p)))


def counts(seeds, units=400):
    tokens = RANDOM.integers(5, 30, units)
    return RANDOM.binomial(tokens, 0.9, (seeds, units)), tokens


def test_the_interval_over_sentences_equals_scipy_s_bootstrap():
    right, tokens = counts(1)
    found = interval(bootstrap([right], tokens, seeds=False)[:, 0])
    oracle = stats.bootstrap(
        (right[0], tokens), lambda r, t, axis=-1: r.sum(axis) / t.sum(axis), paired=True, vectorized=True,
        method="percentile", n_resamples=10_000, rng=np.random.default_rng(2),
    ).confidence_interval  # fmt: skip
    assert found == pytest.approx((oracle.low, oracle.high), abs=5e-4)


def test_drawing_seeds_too_widens_the_interval_by_their_spread():
    right, tokens = counts(5)
    right[0] = right[0] * 0.9
    only_text = bootstrap([right], tokens, seeds=False)[:, 0]
    both = bootstrap([right], tokens, seeds=True)[:, 0]
    spread = (right.sum(1) / tokens.sum()).std()
    assert both.var() == pytest.approx(only_text.var() + spread**2 / 5, rel=0.15)


def test_models_are_drawn_together_and_a_single_seed_pairs_with_all():
    right, tokens = counts(3)
    same = bootstrap([right, right, right[:1]], tokens, seeds=True)
    assert np.array_equal(same[:, 0], same[:, 1])
    assert same[:, 2].mean() == pytest.approx(right[0].sum() / tokens.sum(), abs=1e-3)


def test_effects_by_hand():
    assert error_reduction(0.95, 0.9) == pytest.approx(0.5)
    assert error_reduction(0.95, 1.0) is None
    assert superiority([3, 2], [1, 2]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)


def test_the_smallest_detectable_difference_is_found_in_about_eighty_of_a_hundred():
    units, found, rounds = 300, 0, 300
    noise = RANDOM.normal(0, 2.0, (units, rounds))
    shift = smallest_detectable(RANDOM.normal(0, 2.0 / units**0.5, 20_000))
    found = np.mean(randomisation(noise + shift) <= 0.05)
    assert 0.7 < found < 0.9
