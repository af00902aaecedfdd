"""Evaluation on dev after an epoch: the score of the conditions' metric, and accuracy beside it."""

import numpy as np
import pytest
from few_sentences import CORPUS

from seqbench.contracts.dev_metric import Accuracy
from seqbench.neural import Evaluation, evaluation


class Constant:
    name = "constant"

    def __call__(self, predicted, gold):
        return -3.0


def test_the_metric_chooses_and_accuracy_is_beside_it():
    ids = CORPUS.tags.ids.copy()
    ids[:1] = (ids[:1] + 1) % len(CORPUS.tags.vocabulary)
    share = 1 - 1 / len(ids)
    assert evaluation(ids, CORPUS, Constant()) == Evaluation(-3.0, pytest.approx(share))
    assert evaluation(ids, CORPUS, Accuracy()) == Evaluation(pytest.approx(share), pytest.approx(share))
    assert evaluation(np.asarray(CORPUS.tags.ids), CORPUS, Accuracy()).score == 1
