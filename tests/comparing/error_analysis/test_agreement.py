"""Agreement of models: kappa as scikit-learn computes it, and mistakes that models share."""

import numpy as np
import pytest
from hypothesis import given, settings
from model_predictions import KEY, drawn_predictions, one_sentence
from sklearn.metrics import cohen_kappa_score

from seqbench.comparing.error_analysis.agreement import AllWrong, agreements, all_wrong


@settings(max_examples=25)
@given(drawn_predictions())
def test_kappa_and_shares_are_the_means_over_pairs_of_seeds_that_scikit_learn_gives(predictions):
    (pair,) = agreements(predictions)
    gold, first, second = (predictions.reference.gold, *(predictions.of(KEY[n]).ids for n in ("first", "second")))
    pairs = [(a, b) for a in first for b in second]
    assert pair.same == pytest.approx(np.mean([np.mean(a == b) for a, b in pairs]))
    assert pair.both_wrong == pytest.approx(np.mean([np.mean((a != gold) & (b != gold)) for a, b in pairs]))
    apart = [(a, b) for a, b in pairs if len({*a, *b}) > 1]  # of one tag alone kappa is not defined
    expected = np.mean([cohen_kappa_score(a, b) for a, b in apart]) if apart else None
    assert pair.kappa == (None if expected is None else pytest.approx(expected))


def test_mistakes_are_alike_where_both_give_the_same_wrong_tag():
    predictions = one_sentence([0, 0, 0, 0], good=[[1, 1, 2, 0]], bad=[[1, 2, 2, 1]])
    (pair,) = agreements(predictions)
    assert (pair.both_wrong, pair.alike) == (3 / 4, pytest.approx(2 / 3))
    assert all_wrong(predictions) == AllWrong(3, 2)


def test_without_a_common_mistake_nothing_is_alike():
    (pair,) = agreements(one_sentence([0, 1], good=[[0, 1]], bad=[[1, 1]]))
    assert pair.alike is None


def test_the_most_alike_pair_comes_first():
    predictions = one_sentence([0, 1, 2], m0=[[0, 1, 2]], m1=[[0, 0, 0]], m2=[[0, 1, 0]])
    assert next((pair.a.label, pair.b.label) for pair in agreements(predictions)) in {("m0", "m2"), ("m1", "m2")}
    assert agreements(predictions)[-1].same == pytest.approx(1 / 3)
