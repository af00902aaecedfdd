"""Effect sizes, power, corrections and the test of learners, against scipy and simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from seqbench.comparing.statistics.bootstrap import Resampled
from seqbench.comparing.statistics.corrections import benjamini_hochberg, holm
from seqbench.comparing.statistics.effect_sizes import error_reduction, superiority
from seqbench.comparing.statistics.paired_tests import randomisation
from seqbench.comparing.statistics.power import smallest_detectable
from seqbench.comparing.statistics.resampling import Draws
from seqbench.comparing.statistics.t_test_over_seeds import Estimate, Learner, difference
from seqbench.scoring.sentence_counts import of_tokens

RANDOM = np.random.default_rng(5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_corrections_equal_holm_s_definition_and_scipy(p):
    ordered = sorted(p)
    for raw, adjusted in zip(p, holm(p), strict=True):
        up_to = [value * (len(p) - place) for place, value in enumerate(ordered) if value <= raw]
        assert adjusted == pytest.approx(min(1, max(up_to)))
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p).tolist())


def test_no_test_needs_no_correction():
    assert (holm([]), benjamini_hochberg([])) == ([], [])


def test_effects_by_hand():
    assert error_reduction(0.95, 0.9) == pytest.approx(0.5)
    assert error_reduction(0.95, 1.0) is None
    assert superiority([3, 2], [1, 2]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9), st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_superiority_is_the_statistic_of_mann_and_whitney_as_a_share(first, second):
    u = stats.mannwhitneyu(first, second, method="asymptotic" if len(set(first + second)) > 1 else "exact").statistic
    assert superiority(first, second) == pytest.approx(u / (len(first) * len(second)))


@pytest.mark.parametrize("freedom", [4, 8, 60, np.inf])
def test_the_smallest_detectable_difference_is_found_in_eighty_of_a_hundred(freedom):
    random = np.random.default_rng(1)
    error = 1.0 if np.isinf(freedom) else np.sqrt(random.chisquare(freedom, 200_000) / freedom)
    seen = random.normal(smallest_detectable(1.0, freedom), 1, 200_000) / error
    assert np.mean(np.abs(seen) > stats.t.ppf(0.975, freedom)) == pytest.approx(0.8, abs=0.015)


def test_the_smallest_detectable_difference_is_one_for_the_randomisation_test():
    units, rounds = 300, 300
    shift = smallest_detectable(20.0 / units**0.5)
    noise = RANDOM.normal(shift, 20, (rounds, 1, units)).round().astype(int)
    counts = of_tokens([np.full((1, units), 1000), *(1000 + noise)], np.full(units, 2000))
    found = randomisation(counts, [(number, 0) for number in range(1, rounds + 1)], Draws(2000))
    assert 0.73 < np.mean(found <= 0.05) < 0.87


def test_an_estimate_is_student_s_t_test_of_two_samples():
    first, second = RANDOM.normal(1, 1, 5), RANDOM.normal(0, 3, 8)
    oracle = stats.ttest_ind(first, second, equal_var=False)
    found = difference(*(Learner(one, np.full(10, one.mean())) for one in (first, second)), units=1000)
    assert found.p == pytest.approx(oracle.pvalue)
    assert found.interval() == pytest.approx(tuple(oracle.confidence_interval()))


def test_an_estimate_without_error_is_certain():
    assert Estimate(0.0, 0.0, 1.0).p == 1
    assert Estimate(0.1, 0.0, 1.0).p == 0


def learners(random, seeds, *, unstable, units=300):
    """Two equal ways of learning, on words that differ in difficulty and with seeds that differ in skill."""
    tokens = np.full(units, 10)
    hard = random.normal(0, 1, (units, 10))
    skills = random.normal(2, unstable, (2, seeds, 1, 1))
    right = (hard + random.normal(0, 0.7, (2, seeds, units, 10)) < skills).sum(-1)
    counts = of_tokens(list(right), tokens)
    drawn = Resampled.of(counts, Draws(200))
    return [Learner(*one) for one in zip(counts.scores, drawn.models.T, drawn.by_text.tolist(), strict=True)]


@pytest.mark.parametrize(("seeds", "unstable"), [(2, 0.3), (3, 0.1), (5, 0.0), (5, 0.3)])
def test_equal_learners_are_told_apart_in_about_five_of_a_hundred(seeds, unstable):
    random = np.random.default_rng(7)
    p = [difference(*learners(random, seeds, unstable=unstable), units=300).p for _ in range(200)]
    assert 0.005 < np.mean(np.array(p) <= 0.05) < 0.1


def test_what_the_text_explains_is_not_counted_as_luck_of_the_seed():
    random = np.random.default_rng(3)
    steady = np.mean([learners(random, 5, unstable=0.0)[0].seeds_variance for _ in range(60)])
    shaky = np.mean([learners(random, 5, unstable=0.3)[0].seeds_variance for _ in range(60)])
    raw = np.mean([learners(random, 5, unstable=0.0)[0].scores.var(ddof=1) / 5 for _ in range(60)])
    assert steady < raw / 2 < shaky / 10


def test_a_model_of_one_seed_has_no_luck():
    assert Learner(np.array([0.9]), np.full(5, 0.9)).seeds_variance == 0
