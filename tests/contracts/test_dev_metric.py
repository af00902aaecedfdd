"""Metrics of dev: predictions as lists or as ids, and what is no answer."""

import numpy as np
import pytest

from seqbench import Conditions, DataError, Sequences
from seqbench.contracts.dev_metric import Accuracy, ids_of

GOLD = Sequences.encode([["A", "B"], ["A"]])


def test_accuracy_takes_lists_and_ids_alike():
    ids = np.zeros(3, np.int32)
    assert Accuracy()([["A", "A"], ["A"]], GOLD) == pytest.approx(2 / 3)
    assert Accuracy()(Sequences(ids, GOLD.offsets, GOLD.vocabulary), GOLD) == pytest.approx(2 / 3)


def test_a_tag_that_gold_has_not_is_never_right():
    assert ids_of([["A", "C"], ["D"]], GOLD).tolist() == [0, 2, 2]
    assert Accuracy()([["A", "C"], ["D"]], GOLD) == pytest.approx(1 / 3)


@pytest.mark.parametrize("predicted", [[["A"], ["A", "B"]], [["A", "B"]], [["A", "B", "A"]], []])
def test_predictions_that_are_not_one_tag_a_token_are_refused(predicted):
    with pytest.raises(DataError, match="give one tag a token"):
        Accuracy()(predicted, GOLD)


def test_without_a_run_the_conditions_choose_by_accuracy():
    metric = Conditions().metric
    assert metric.name == "accuracy"
    assert metric(list(GOLD), GOLD) == 1


def test_nothing_to_score_is_the_worst_score():
    empty = Sequences.encode([])
    assert Accuracy()(empty, empty) == -np.inf
