"""What a tagger answers is made sure of."""

import numpy as np
import pytest

from seqbench import PredictionError, Sequences
from seqbench.data.corpus import strings
from seqbench.running.prediction_check import checked

TEXT = Sequences.encode([["a", "b"], ["c"]])
TAGS = strings(["X", "Y"])


def test_lists_of_tags_become_ids():
    assert checked([["Y", "X"], ["Y"]], TEXT, TAGS).tolist() == [1, 0, 1]
    assert checked([("Y", "X"), np.array(["Y"], object)], TEXT, TAGS).tolist() == [1, 0, 1]


def test_sequences_of_tag_ids_are_taken_as_they_are():
    answer = Sequences(np.array([1, 0, 1], np.int32), TEXT.offsets, TAGS)
    assert checked(answer, TEXT, TAGS).tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ([["X", "X"]], "1 sentences for all sentences, expected 2"),
        ([["X", "X"], ["X", "X"]], "2 tags for sentence 2, expected 1"),
        ([["X", "Z"], ["X"]], "the tag 'Z' in sentence 1, which is no tag of the training set"),
        ([["X", None], ["X"]], "the tag None in sentence 1"),
        (["XX", "Z"], "the tag 'Z' in sentence 2"),
        ([[0, 1], [0]], r"the number 0 in sentence 1; give tags as str, or ids as seqbench.Sequences\(ids, "),
        ([["X", "X"], np.array([1])], "the number 1 in sentence 2; .* seqbench.Sequences"),
        ([0, 1, 0], "the number 0 where the tags of a sentence belong; .* seqbench.Sequences"),
        (np.array([1, 0, 1]), "the number 1 where the tags of a sentence belong; .* seqbench.Sequences"),
        (None, "'NoneType', expected a list of tags"),
        ([None, ["X"]], "'NoneType', expected a list of tags"),
        (Sequences(np.array([0, 0, 2], np.int32), TEXT.offsets, TAGS), "the tag id 2, expected 0 to 1"),
        (Sequences(np.array([0, 0, -1], np.int32), TEXT.offsets, TAGS), "the tag id -1, expected 0 to 1"),
        (Sequences(np.zeros(3, np.int32), np.array([0, 1, 3]), TAGS), "1 tags for sentence 1, expected 2"),
        (Sequences(np.zeros(2, np.int32), TEXT.offsets, TAGS), "2 tags for all sentences, expected 3"),
        (Sequences(np.zeros(3), TEXT.offsets, TAGS), "tag ids of type float64"),
    ],
)
def test_anything_else_is_refused_with_the_place(answer, why):
    with pytest.raises(PredictionError, match=why):
        checked(answer, TEXT, TAGS)
