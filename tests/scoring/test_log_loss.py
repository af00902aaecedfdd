"""Log-loss and perplexity, against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from probabilities import TAGS, answers
from sklearn import metrics

from seqbench.scoring.log_loss import LEAST, log_loss, perplexity


@given(answers())
@settings(max_examples=30, deadline=None)
def test_log_loss_equals_that_of_scikit_learn_and_perplexity_is_e_to_it(drawn):
    probabilities, gold, _ = drawn
    clipped = np.maximum(probabilities.astype(float), LEAST)
    expected = metrics.log_loss(gold, clipped / clipped.sum(1, keepdims=True), labels=range(TAGS))
    of_gold = probabilities[np.arange(len(gold)), gold]
    assert log_loss(of_gold) == pytest.approx(expected, abs=1e-5)
    assert perplexity(of_gold) == pytest.approx(np.exp(expected), rel=1e-4)


def test_equally_probable_tags_have_their_number_as_perplexity():
    assert perplexity(np.full(7, 1 / 20)) == pytest.approx(20)
    assert perplexity(np.zeros(3)) == pytest.approx(1 / LEAST)
