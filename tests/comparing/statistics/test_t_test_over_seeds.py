"""The test of learners, against scipy and simulation."""

import numpy as np
import pytest
from scipy import stats
from token_counts import of_tokens

from seqbench.comparing.statistics.bootstrap import Resampled
from seqbench.comparing.statistics.estimate import Part
from seqbench.comparing.statistics.resampling import Draws
from seqbench.comparing.statistics.t_test_over_seeds import Learner, by_text, difference, score

RANDOM = np.random.default_rng(5)


def test_a_difference_has_a_part_for_the_text_and_one_for_the_seeds_of_each():
    first, second = RANDOM.normal(1, 1, 5), RANDOM.normal(0, 3, 8)
    samples = [Learner(scores=scores, on_resampled=np.full(10, scores.mean())) for scores in (first, second)]
    found = difference(*samples, units=1000)
    assert found.value == pytest.approx(first.mean() - second.mean())
    assert found.parts[1:] == (Part(first.var(ddof=1) / 5, 4), Part(second.var(ddof=1) / 8, 7))
    oracle = stats.ttest_ind(first, second, equal_var=False)
    assert oracle.pvalue < found.p < 2 * oracle.pvalue  # each part has its own degrees of freedom: no less careful


def test_the_text_varies_as_units_drawn_from_all_text_do():
    drawn = RANDOM.normal(0, 2, 1000)
    assert by_text(drawn, 6) == Part(pytest.approx(drawn.var(ddof=1) * 6 / 5), 5)


@pytest.mark.parametrize(("seeds", "unstable"), [(2, 0.3), (3, 0.3), (5, 0.1)])
def test_the_interval_of_one_score_holds_the_score_of_all_seeds(seeds, unstable):
    random, held = np.random.default_rng(11), []
    true = stats.norm.cdf(2 / np.sqrt(1 + 0.7**2 + unstable**2))
    for _ in range(150):
        low, high = score(learners(random, seeds, unstable=unstable)[0], 300).interval()
        held.append(low <= true <= high)
    assert np.mean(held) >= 0.9


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
    assert np.mean(np.array(p) <= 0.05) < 0.085


def test_what_the_text_explains_is_not_counted_as_luck_of_the_seed():
    random = np.random.default_rng(3)
    steady = np.mean([learners(random, 5, unstable=0.0)[0].seeds_variance for _ in range(60)])
    shaky = np.mean([learners(random, 5, unstable=0.3)[0].seeds_variance for _ in range(60)])
    raw = np.mean([learners(random, 5, unstable=0.0)[0].scores.var(ddof=1) / 5 for _ in range(60)])
    assert raw / 2 <= steady < 0.8 * raw
    assert raw < shaky / 5


def test_a_model_of_one_seed_has_no_luck():
    assert Learner(scores=np.array([0.9]), on_resampled=np.full(5, 0.9)).seeds_variance == 0
