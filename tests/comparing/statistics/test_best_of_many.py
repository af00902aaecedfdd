"""The best of many equal candidates looks too good on what chose it; corrected, it does not."""

import numpy as np
import pytest

from seqbench.comparing.statistics.best_of_many import corrected_best
from seqbench.scoring.sentence_counts import accuracy


def counts_of(right):
    """(candidates, sentences) of right ones, each sentence having one token, as counts."""
    return np.stack([right, np.ones_like(right)], -1).astype(np.int64)


def test_the_best_of_equal_candidates_is_corrected_to_what_all_are_worth():
    random = np.random.default_rng(1)
    apparent, corrected = [], []
    for _ in range(60):
        right = random.random((20, 200)) < 0.8
        apparent.append(right.mean(1).max())
        corrected.append(corrected_best(counts_of(right), accuracy, draws=50))
    assert np.mean(apparent) > 0.84
    assert np.mean(corrected) == pytest.approx(0.8, abs=0.01)


def test_a_candidate_that_is_clearly_best_keeps_its_score():
    random = np.random.default_rng(2)
    right = random.random((5, 500)) < np.array([[0.9], [0.5], [0.5], [0.5], [0.5]])
    assert corrected_best(counts_of(right), accuracy) == pytest.approx(right[0].mean(), abs=0.005)


def test_one_sentence_is_too_few():
    with pytest.raises(ValueError, match="it takes two sentences or more, got 1"):
        corrected_best(counts_of(np.ones((2, 1))), accuracy)
