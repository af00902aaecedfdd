"""The best score to expect of a search, against drawing in every way."""

import itertools

import numpy as np
import pytest

from seqbench.comparing.statistics.expected_best import expected_best


@pytest.mark.parametrize("scores", [[0.5], [0.1, 0.9], [0.3, 0.3, 0.8], [0.2, 0.7, 0.7, 0.5, 0.9]])
@pytest.mark.parametrize("trials", [1, 2, 3, 4])
def test_the_expected_best_is_the_mean_over_all_ways_to_draw(scores, trials):
    brute = np.mean([max(drawn) for drawn in itertools.product(scores, repeat=trials)])
    assert expected_best(scores, trials) == pytest.approx(brute)


def test_the_expected_best_needs_something_to_go_by():
    with pytest.raises(ValueError, match="it takes scores and one trial or more, got 0 and 3"):
        expected_best([], 3)
