"""Scores of each tag and the confusion matrix, against counting by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import outcome_of

from seqbench.scoring.tag_scores import confusion, tag_scores


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
