"""The t test over splits whose training sets overlap, against scipy and simulation."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.corrected_resampled_t import corrected

RANDOM = np.random.default_rng(7)


def test_the_corrected_t_test_is_a_plain_one_without_a_training_set_in_common():
    differences = RANDOM.normal(0.3, 1, 10)
    found = corrected(differences, 0)
    plain = stats.ttest_1samp(differences, 0)
    assert found.p == pytest.approx(plain.pvalue)
    assert found.interval() == pytest.approx(tuple(plain.confidence_interval()))


def test_the_correction_widens_the_error_by_the_share_of_test_in_train():
    differences = RANDOM.normal(0.3, 1, 10)
    plain, wide = corrected(differences, 0), corrected(differences, 1 / 9)
    assert wide.error / plain.error == pytest.approx(((1 / 10 + 1 / 9) / (1 / 10)) ** 0.5)


def test_overlapping_splits_are_not_taken_for_independent_ones():
    """Ten random splits of one sample in which no model is better: what a plain t test finds too often."""
    random, found = np.random.default_rng(7), np.zeros(2)
    for _ in range(400):
        better = random.normal(0, 1, 100)  # by how much one model does better on each sentence
        scores = np.array([better[random.permutation(100)[:20]].mean() for _ in range(10)])
        found += [corrected(scores, ratio).p <= 0.05 for ratio in (0, 20 / 80)]
    assert found[0] / 400 > 0.2
    assert found[1] / 400 < 0.08
