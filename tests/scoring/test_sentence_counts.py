"""Counts per sentence, and scores as functions of their sums, against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_counts import right_tokens
from sklearn.metrics import f1_score
from token_counts import of_tokens

from seqbench.scoring.sentence_counts import Counts, accuracy, f1, macro_f1


def test_counts_of_other_units_are_refused():
    with pytest.raises(ValueError, match="with the same units"):
        Counts((np.zeros((1, 3, 2), int), np.zeros((1, 4, 2), int)), f1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60))
def test_macro_f1_from_counts_equals_scikit_learn_s(pairs):
    gold, predicted = np.array(pairs).T
    sums = [
        number
        for tag in range(6)
        for number in (((gold == tag) & (predicted == tag)).sum(), (predicted == tag).sum(), (gold == tag).sum())
    ]
    expected = f1_score(gold, predicted, average="macro", labels=np.union1d(gold, predicted), zero_division=0)
    assert macro_f1(np.array(sums, float)) == pytest.approx(expected)


def test_pooled_counts_weigh_models_alike_whatever_their_number_of_seeds():
    right, tokens = right_tokens(5)
    counts = of_tokens([right, right[:2], right[:1]], tokens)
    sums = counts.pooled().sum(1)
    assert len(set(sums[:, 1])) == 1
    assert counts.metric(sums.astype(float)) == pytest.approx([scores.mean() for scores in counts.scores])


def test_accuracy_and_f1_are_ratios_of_sums_and_0_where_there_is_nothing():
    assert accuracy(np.array([[3.0, 4], [0, 0]])).tolist() == [0.75, 0]
    assert f1(np.array([[2.0, 3, 5], [0, 0, 0]])).tolist() == [0.5, 0]


def test_scores_are_those_of_each_seed_over_all_units():
    right = np.array([[1, 2, 0], [2, 2, 2]])
    counts = of_tokens([right, right[:1]], np.array([2, 3, 5]))
    assert [scores.tolist() for scores in counts.scores] == [[0.3, 0.6], [0.3]]
    assert counts.units == 3


def test_shares_of_one_whole_are_told_from_counts_that_have_none():
    right, tokens = right_tokens(2)
    shares = of_tokens([right, right[:1]], tokens)
    assert shares.whole.tolist() == tokens.tolist()
    other = Counts((shares.models[0], shares.models[1] + 1), accuracy)  # another number of tokens
    assert other.whole is None
    assert Counts((np.ones((1, 4, 3), int),), f1).whole is None
