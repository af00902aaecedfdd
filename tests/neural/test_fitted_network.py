"""A trained network: tags, probabilities and accuracy of encoded sentences, in the order of the corpus."""

import numpy as np
import pytest
from few_sentences import CORPUS, SMALL, UNSEEN, fitted

from seqbench import Corpus, DataError, Sequences, learned, make


@pytest.fixture(scope="module")
def network():
    return learned(fitted(make(f"gru({SMALL})")))


def test_the_best_tag_is_the_most_probable_one(network):
    encoded = network.encode(UNSEEN)
    assert np.array_equal(network.best(encoded), network.probabilities(encoded).argmax(1))
    assert len(network.best(encoded)) == len(UNSEEN.ids)


def test_accuracy_is_the_share_of_tokens_that_get_their_tag(network):
    encoded = network.encode(CORPUS.sentences)
    best = network.best(encoded)
    assert network.accuracy(encoded, best) == 1
    assert network.accuracy(encoded, (best + np.arange(len(best)) % 2).astype(np.int32)) == pytest.approx(
        np.mean(np.arange(len(best)) % 2 == 0)
    )


def test_sentences_without_a_layer_that_train_has_are_refused():
    words = CORPUS.sentences
    layered = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": CORPUS.tags})
    tagger = fitted(make(f"rnn({SMALL})"), Corpus(layered, CORPUS.tags))
    with pytest.raises(DataError, match="the sentences lack the input layer 'pos', which the training set has"):
        tagger.predict(words)
    with pytest.raises(DataError, match="hand them over as seqbench.Sequences with layers"):
        tagger.predict([["The", "dog"]])
