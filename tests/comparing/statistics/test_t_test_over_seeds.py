"""The test of learners, against scipy and simulation."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.bootstrap import Resampled
from seqbench.comparing.statistics.resampling import Draws
from seqbench.comparing.statistics.t_test_over_seeds import Estimate, Learner, difference
from seqbench.scoring.sentence_counts import of_tokens

RANDOM = np.random.default_rng(5)


def test_an_estimate_is_student_s_t_test_of_two_samples():
    first, second = RANDOM.normal(1, 1, 5), RANDOM.normal(0, 3, 8)
    oracle = stats.ttest_ind(first, second, equal_var=False)
    samples = [Learner(scores=scores, on_resampled=np.full(10, scores.mean())) for scores in (first, second)]
    found = difference(*samples, units=1000)
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
    columns = zip(counts.scores, drawn.models.T, drawn.by_text.tolist(), strict=True)
    return [Learner(scores=s, on_resampled=resampled, by_text=b) for s, resampled, b in columns]


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
    assert Learner(scores=np.array([0.9]), on_resampled=np.full(5, 0.9)).seeds_variance == 0
