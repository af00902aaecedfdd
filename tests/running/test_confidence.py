"""How sure a tagger is: the three numbers that are kept of a token's probabilities."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from probabilities import TAGS, answers

from seqbench import Corpus
from seqbench.errors import PredictionError
from seqbench.running.confidence import certainty


class Sure:
    """Gives these probabilities to the tokens of a corpus, sentence by sentence."""

    def __init__(self, probabilities):
        self.probabilities = probabilities
        self.asked = []

    def predict_proba(self, sentences):
        start = sum(self.asked)
        self.asked.append(len(sentences.ids))
        return self.probabilities[start : start + len(sentences.ids)]


def test_set(gold, lengths):
    ends = np.cumsum([0, *lengths])
    tags = [[str(tag) for tag in gold[a:b]] for a, b in pairwise(ends)]
    train = Corpus.encode([["a"] * TAGS], [[str(tag) for tag in range(TAGS)]])
    return Corpus.encode([["a"] * length for length in lengths], tags).extend(train)


test_set.__test__ = False


@given(answers())
@settings(max_examples=60, deadline=None)
def test_of_all_probabilities_three_are_kept_that_of_the_prediction_of_gold_and_the_sum_of_squares(drawn):
    probabilities, gold, predicted = drawn
    rows = np.arange(len(probabilities))
    sure, of_gold, squares = certainty(Sure(probabilities), test_set(gold, [len(gold)]), predicted, TAGS).astype(float)
    assert sure == pytest.approx(probabilities[rows, predicted])
    assert of_gold == pytest.approx(probabilities[rows, gold])
    assert squares == pytest.approx((probabilities.astype(float) ** 2).sum(1))


def test_a_gold_tag_that_train_does_not_have_is_impossible():
    test = test_set(np.array([0, 7]), [2])
    _, of_gold, _ = certainty(Sure(np.full((2, TAGS), 0.25, np.float32)), test, np.array([0, 0]), TAGS)
    assert of_gold.tolist() == [0.25, 0]


def test_long_test_sets_are_asked_for_in_whole_sentences(monkeypatch):
    monkeypatch.setattr("seqbench.running.confidence._TOKENS_AT_ONCE", 5)
    lengths = [3, 2, 4, 7, 1]
    random = np.random.default_rng(0)
    probabilities, gold = random.dirichlet(np.ones(TAGS), 17).astype(np.float32), random.integers(0, TAGS, 17)
    tagger = Sure(probabilities)
    found = certainty(tagger, test_set(gold, lengths), probabilities.argmax(1), TAGS)
    assert tagger.asked == [5, 4, 7, 1]
    assert found[1] == pytest.approx(probabilities[np.arange(17), gold])


@pytest.mark.parametrize("probabilities", [np.ones((2, 3)), np.full((2, TAGS), 0.5), np.full((2, TAGS), np.nan)])
def test_what_are_no_probabilities_is_refused(probabilities):
    with pytest.raises(PredictionError, match="predict_proba gave"):
        certainty(Sure(probabilities), test_set(np.array([0, 1]), [2]), np.array([0, 0]), TAGS)
