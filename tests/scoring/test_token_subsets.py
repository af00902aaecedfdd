"""The tokens of sentences that train does not have."""

import pytest
from samples import outcome_of

from seqbench.scoring.core_scores import BY_NAME
from seqbench.scoring.token_subsets import in_new_sentences


def test_tokens_of_repeated_sentences_are_left_out():
    outcome = outcome_of([0] * 6, [0] * 6, [2, 0, 1, 3], repeated=[True, True, False, False])
    assert in_new_sentences(outcome).tolist() == [False, False, True, True, True, True]


def test_where_no_sentence_is_repeated_all_tokens_count():
    assert in_new_sentences(outcome_of([0, 1], [0, 1])) is None


def test_accuracy_in_new_sentences_is_that_of_their_tokens_alone():
    outcome = outcome_of([0, 0, 1, 1, 2], [1, 1, 1, 1, 0], [2, 3], repeated=[True, False])
    score = BY_NAME["accuracy_new_sentences"]
    assert score.of(outcome) == pytest.approx(2 / 3)
    assert score.counted(outcome) == pytest.approx(2 / 3)
