"""Scores of each tag and the confusion matrix, against counting by hand."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import outcome_of

from seqbench.scoring.tag_scores import confusion, confusion_by_name, frequent_pairs, tag_scores


def test_confusion_counts_gold_in_rows_over_all_tags():
    matrix = confusion(outcome_of([0, 0, 1], [0, 1, 1]))
    assert matrix.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_one_tag_alone_has_a_confusion_of_one_number():
    assert confusion(outcome_of([0, 0], [0, 0], tags=("A",))).tolist() == [[2]]


IDS = st.integers(0, 2)


@given(st.lists(st.tuples(IDS, IDS), min_size=1, max_size=20))
def test_precision_recall_and_f1_are_shares_of_tokens_counted_by_hand(pairs):
    gold, predicted = ([pair[side] for pair in pairs] for side in (0, 1))
    scores = {scored.tag: scored for scored in tag_scores(outcome_of(gold, predicted))}
    assert list(scores) == [tag for place, tag in enumerate("ABC") if place in {*gold, *predicted}]
    for tag, scored in scores.items():
        place = "ABC".index(tag)
        right = pairs.count((place, place))
        assert scored.support == gold.count(place)
        assert scored.recall == pytest.approx(right / gold.count(place) if place in gold else 0)
        assert scored.precision == pytest.approx(right / predicted.count(place) if place in predicted else 0)
        assert scored.f1 == pytest.approx(2 * right / (gold.count(place) + predicted.count(place)))


@given(st.lists(st.tuples(IDS, IDS), min_size=1, max_size=20))
def test_the_confusion_matrix_holds_each_token_once(pairs):
    matrix = confusion(outcome_of([g for g, _ in pairs], [p for _, p in pairs]))
    assert matrix.tolist() == [[pairs.count((i, j)) for j in range(3)] for i in range(3)]


@given(st.lists(st.tuples(IDS, IDS, IDS), min_size=1, max_size=20))
def test_pairs_of_tags_are_those_of_all_predictions_the_most_frequent_first(tokens):
    gold, first, second = (np.array(column) for column in zip(*tokens, strict=True))
    counted = Counter([*zip(gold, first, strict=True), *zip(gold, second, strict=True)])
    pairs = frequent_pairs(gold, [first, second], 3)
    assert {(i, j): tokens for i, j, tokens in pairs} == counted
    assert [tokens for *_, tokens in pairs] == sorted(counted.values(), reverse=True)


def test_of_many_tags_only_the_pairs_that_occur_are_named():
    few, many = outcome_of([0, 0, 1], [0, 1, 1]), outcome_of([0, 0, 1], [0, 1, 1], tags=[f"t{n}" for n in range(2000)])
    assert confusion_by_name([few]) == {"A": {"A": 1, "B": 1, "C": 0}, "B": {"A": 0, "B": 1, "C": 0},
                                        "C": {"A": 0, "B": 0, "C": 0}}  # fmt: skip
    assert confusion_by_name([many, many]) == {"t0": {"t0": 2, "t1": 2}, "t1": {"t1": 2}}
