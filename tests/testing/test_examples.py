"""Example sentences: encoded as a run encodes them."""

import random

import faults
import numpy as np

from seqbench import Conditions
from seqbench.testing.examples import KNOWN, UNKNOWN, corpus, dev, encoded, fitted, smallest_first, tags_of


def test_known_sentences_have_words_of_train_only_and_unknown_ones_at_least_one_other():
    words = len(corpus().sentences.vocabulary)
    assert encoded(KNOWN).ids.max() < words
    assert all((encoded([sentence]).ids >= words).any() for sentence in UNKNOWN)


def test_dev_and_sentences_begin_with_the_vocabulary_of_train():
    words = corpus().sentences.vocabulary.tolist()
    for sentences in (dev().sentences, encoded(UNKNOWN)):
        assert sentences.vocabulary[: len(words)].tolist() == words
    assert set(dev().tags.vocabulary) == set(corpus().tags.vocabulary)


def test_a_tagger_is_fitted_with_dev_and_with_random_state_by_the_seed():
    class Draws(faults.First):
        def fit(self, train, conditions):
            super().fit(train, conditions)
            self.drawn = random.random(), np.random.rand(), conditions.dev is not None

    first, second = (fitted(Draws).drawn for _ in range(2))
    assert first == second
    assert first[2]
    assert fitted(Draws, conditions=Conditions(seed=1)).drawn[:2] != first[:2]


def test_answers_are_lists():
    assert tags_of(fitted(faults.First), [["dogs"], []]) == [["DET"], []]


def test_the_smallest_sentence_comes_first_and_all_of_them_last():
    assert list(smallest_first([["a", "b"], ["c"]])) == [[["c"]], [["a", "b"]], [["a", "b"], ["c"]]]
