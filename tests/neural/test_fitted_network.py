"""A trained network: tags, probabilities and scores of encoded sentences, in the order of the corpus."""

import numpy as np
import pytest
from few_sentences import CORPUS, SMALL, UNSEEN, fitted

from seqbench import Conditions, Corpus, DataError, Sequences, learned, make
from seqbench.neural import Evaluation


@pytest.fixture(scope="module")
def network():
    return learned(fitted(make(f"gru({SMALL})")))


def test_the_best_tag_is_the_most_probable_one(network):
    encoded = network.encode(UNSEEN)
    assert np.array_equal(network.best(encoded), network.probabilities(encoded).argmax(1))
    assert len(network.best(encoded)) == len(UNSEEN.ids)


class ShareOfFirst:
    name = "share of the first tag"

    def __call__(self, predicted, gold):
        return float(np.mean(predicted.ids == 0))


def test_an_evaluator_scores_the_network_on_dev_by_the_metric_of_the_conditions(network):
    ids = network.best(network.encode(CORPUS.sentences))
    evaluate = network.evaluator(Conditions(dev=CORPUS, metric=ShareOfFirst()))
    assert evaluate() == Evaluation(float(np.mean(ids == 0)), float(np.mean(ids == CORPUS.tags.ids)))
    assert network.evaluator(Conditions()) is None


def test_sentences_without_a_layer_that_train_has_are_refused():
    words = CORPUS.sentences
    layered = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": CORPUS.tags})
    tagger = fitted(make(f"rnn({SMALL})"), Corpus(layered, CORPUS.tags))
    with pytest.raises(DataError, match="the sentences lack the input layer 'pos', which the training set has"):
        tagger.predict(words)
    with pytest.raises(DataError, match="hand them over as seqbench.Sequences with layers"):
        tagger.predict([["The", "dog"]])
