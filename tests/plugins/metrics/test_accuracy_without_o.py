"""Accuracy on the tokens that are in a gold span."""

import pytest
from samples import outcome_of

from seqbench import Countable
from seqbench_plugins.metrics.accuracy_without_o import accuracy_without_o


def test_accuracy_without_o_counts_only_where_gold_is_not_o():
    tags = ("O", "B-X", "I-X")
    assert accuracy_without_o(outcome_of([0, 1, 2, 1], [1, 1, 1, 1], tags=tags)) == pytest.approx(2 / 3)


def test_accuracy_without_o_does_not_apply_to_tags_that_are_no_spans():
    assert accuracy_without_o(outcome_of([0], [0], tags=("O", "NOUN"))) is None
    assert accuracy_without_o(outcome_of([0], [0], tags=("O", "B-X"))) is None


def test_a_tag_of_no_scheme_that_gold_does_not_have_changes_nothing():
    tags = ("O", "B-X", "I-X", "ODD")
    assert accuracy_without_o(outcome_of([0, 1, 2, 1], [3, 1, 3, 1], tags=tags)) == pytest.approx(2 / 3)
    assert accuracy_without_o(outcome_of([0, 1, 3], [0, 1, 3], tags=tags)) is None


def test_it_is_a_plain_function_that_cannot_be_recounted_from_sentences():
    assert not isinstance(accuracy_without_o, Countable)
