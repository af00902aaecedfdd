"""The t test over splits that overlap, against scipy, the published correction and simulation."""

import numpy as np
import pytest
from scipy import stats

from seqbench.comparing.statistics.corrected_resampled_t import INFLUENCE, Splits, corrected

RANDOM = np.random.default_rng(7)
FOLDS = Splits(test=10, train=90, whole=100, disjoint=True)
RANDOM_SPLITS = Splits(test=20, train=80, whole=100, disjoint=False)


def test_the_corrected_t_test_is_a_plain_one_without_sentences_in_common():
    differences = RANDOM.normal(0.3, 1, 10)
    found = corrected(differences, FOLDS, influence=0)
    plain = stats.ttest_1samp(differences, 0)
    assert found.p == pytest.approx(plain.pvalue)
    assert found.interval() == pytest.approx(tuple(plain.confidence_interval()))


def test_random_splits_have_the_published_correction_if_training_sentences_add_no_variance():
    assert RANDOM_SPLITS.common(0) == pytest.approx(20 / 80)


def test_folds_have_nearly_the_published_correction_if_training_sentences_add_as_much_as_test_sentences():
    assert FOLDS.common(1) == pytest.approx(10 / 90, rel=0.12)


def folds(by_test, by_train, random):
    """Ten folds of 100 sentences: the mean over those of test, and what those of train add."""
    test, train = random.normal(0, by_test, (10, 10)), random.normal(0, by_train, (10, 10))
    return np.array([test[fold].mean() + np.delete(train, fold, 0).mean() for fold in range(10)])


def random_splits(by_test, by_train, random):
    """Ten random splits of 100 sentences, 20 of which are tested and 80 trained on."""
    test, train, scores = random.normal(0, by_test, 100), random.normal(0, by_train, 100), []
    for _ in range(10):
        order = random.permutation(100)
        scores.append(test[order[:20]].mean() + train[order[20:]].mean())
    return np.array(scores)


@pytest.mark.parametrize(("drawn", "splits"), [(folds, FOLDS), (random_splits, RANDOM_SPLITS)])
def test_equal_models_are_told_apart_in_at_most_5_percent_up_to_the_influence_that_is_taken(drawn, splits):
    """1,000 rounds each: what the published correction finds too often where training sentences count is over 8 %."""
    for influence in (0.0, INFLUENCE):
        random = np.random.default_rng(11)
        rounds = [drawn(1.0, influence**0.5, random) for _ in range(1000)]
        rejected = np.mean([corrected(scores, splits).p <= 0.05 for scores in rounds])
        assert rejected <= 0.05 + 2 * (0.05 * 0.95 / 1000) ** 0.5
    published = Splits(test=splits.test, train=splits.train, whole=splits.test + splits.train, disjoint=False)
    assert np.mean([corrected(scores, published, influence=0).p <= 0.05 for scores in rounds]) > 0.08
