"""The best score to expect of a search, against drawing in every way."""

import itertools

import numpy as np
import pytest

from seqbench.comparing.statistics.expected_best import expected_best, expected_best_band


@pytest.mark.parametrize("scores", [[0.5], [0.1, 0.9], [0.3, 0.3, 0.8], [0.2, 0.7, 0.7, 0.5, 0.9]])
@pytest.mark.parametrize("trials", [1, 2, 3, 4])
def test_the_expected_best_is_the_mean_over_all_ways_to_draw(scores, trials):
    brute = np.mean([max(drawn) for drawn in itertools.product(scores, repeat=trials)])
    assert expected_best(scores, trials) == pytest.approx(brute)


def test_the_expected_best_needs_something_to_go_by():
    with pytest.raises(ValueError, match="it takes scores and one trial or more, got 0 and 3"):
        expected_best([], 3)


def test_the_band_holds_the_expected_best_of_all_n_at_once():
    """Scores from a known distribution: the uniform one from 0.6 to 0.9, whose best of n is 0.6 + 0.3 n / (n + 1)."""
    random, covered = np.random.default_rng(3), []
    after = [1, 2, 5, 10, 20]
    for _ in range(300):
        scores = 0.6 + 0.3 * random.random(20)
        bands = [expected_best_band(scores, n) for n in after]
        covered.append(all(low <= 0.6 + 0.3 * n / (n + 1) <= high for n, (low, high) in zip(after, bands, strict=True)))
    assert np.mean(covered) >= 0.95


def test_the_band_is_around_the_expected_best_and_within_what_a_score_can_be():
    scores = [0.7, 0.8, 0.8, 0.9]
    for n in (1, 2, 4):
        low, high = expected_best_band(scores, n)
        assert 0 <= low <= expected_best(scores, n) <= high <= 1
