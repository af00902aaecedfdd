"""Taggers of tokens by scikit-learn's classifiers: they answer as these do, and are kept without them."""

import numpy as np
import pytest
from few_sentences import CORPUS, UNSEEN, fitted

from seqbench import Corpus, learned, make
from seqbench_plugins.linear._features import Features
from seqbench_plugins.linear._token_wise import one_hot

TWO = Corpus.encode([["a", "b", "a"], ["b", "c"]], [["X", "Y", "X"], ["Y", "Y"]])


def classified(tagger, corpus):
    """The classifier that a tagger learns from, and the features of unseen sentences."""
    features, numbers = Features.learn(corpus)
    classifier = tagger.classifier(0).fit(one_hot(numbers, features.count), corpus.tags.ids)
    return classifier, one_hot(features.of(learned(tagger).vocabularies.encode(UNSEEN)), features.count)


@pytest.mark.parametrize("corpus", [CORPUS, TWO], ids=["many tags", "two tags"])
def test_probabilities_are_those_of_logistic_regression(corpus):
    tagger = fitted(make("maxent"), corpus)
    classifier, rows = classified(tagger, corpus)
    assert tagger.predict_proba(UNSEEN) == pytest.approx(classifier.predict_proba(rows), abs=1e-5)
    assert (tagger.predict(UNSEEN).ids == classifier.predict(rows)).all()


@pytest.mark.parametrize("corpus", [CORPUS, TWO], ids=["many tags", "two tags"])
def test_answers_are_those_of_the_support_vector_machine(corpus):
    tagger = fitted(make("svm"), corpus)
    classifier, rows = classified(tagger, corpus)
    assert (tagger.predict(UNSEEN).ids == classifier.predict(rows)).all()
    assert tagger.parameters == pytest.approx(np.count_nonzero(classifier.coef_) + len(classifier.intercept_), rel=0.1)


def test_a_training_that_was_stopped_is_noted():
    assert fitted(make("maxent(iterations=1)")).notes == [
        "training was stopped before its weights had settled; raise iterations"
    ]
    assert fitted(make("maxent")).notes == []


def test_what_stands_three_words_away_is_not_seen():
    tagger = make("maxent")
    assert tagger.sight == (2, 2)
    fitted(tagger)
    near, far = (tagger.predict_proba([["the", *between, "dog"]])[-1] for between in (["a", "a"], ["book", "a", "a"]))
    assert near == pytest.approx(tagger.predict_proba([["apple", "a", "a", "dog"]])[-1])
    assert far == pytest.approx(near)


@pytest.mark.parametrize("spec", ["maxent(c=0.0)", "svm(iterations=0)"])
def test_what_cannot_be_is_refused(spec):
    with pytest.raises(Exception, match="c must be above 0 and iterations at least 1, was: "):
        make(spec)
