"""The interquartile mean: against scipy's trimmed mean, by hand, and how often its interval covers."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.interquartile_mean import estimate, interquartile_mean


def test_it_is_the_trimmed_mean_where_quarters_are_whole_scores():
    scores = np.random.default_rng(0).random((3, 12))
    assert interquartile_mean(scores) == pytest.approx(stats.trim_mean(scores, 0.25, axis=1))


def test_a_score_on_the_border_counts_by_the_part_that_is_inside():
    assert float(interquartile_mean(np.array([0.0, 1, 2, 3, 100, 200]))) == pytest.approx(
        (0.5 * 1 + 2 + 3 + 0.5 * 100) / 3
    )
    assert float(interquartile_mean(np.array([0.2, 0.4]))) == pytest.approx(0.3)


def test_two_seeds_of_a_dataset_have_none():
    assert estimate([np.array([0.1, 0.2, 0.3]), np.array([0.1, 0.2])]) is None


@pytest.mark.parametrize(("datasets", "seeds"), [(2, 3), (6, 5)])
def test_it_is_covered_in_about_95_percent(datasets, seeds):
    random, held = np.random.default_rng(1), []
    for _ in range(150):
        means, spread = random.normal(0.9, 0.05, (datasets, 1)), 0.004 * np.exp(random.normal(0, 0.5, (datasets, 1)))
        true = float(interquartile_mean((means + spread * random.normal(size=(datasets, 2000))).ravel()))
        low, high = estimate(list(means + spread * random.normal(size=(datasets, seeds)))).interval()
        held.append(low <= true <= high)
    assert np.mean(held) >= 0.93 - 2 * (0.95 * 0.05 / 150) ** 0.5
