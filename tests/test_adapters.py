"""Estimators of scikit-learn's kind as taggers; the oracle is the same estimator driven by hand."""

import numpy as np
import pytest
from samples import TEST, TRAIN, TRAIN_TAGS, dataset
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression, Perceptron
from sklearn_crfsuite import CRF

import seqbench
from seqbench import Conditions, Corpus, Probabilistic, Sequences
from seqbench.adapters import PerSentence, PerToken, PerTokenProbabilities, describe
from seqbench.testing import broken_promises


class Last:
    """An estimator of sentences that is none of scikit-learn's: words by the tag they had last."""

    def fit(self, X, y):  # noqa: N803
        self.last = {word: tag for words, tags in zip(X, y, strict=True) for word, tag in zip(words, tags, strict=True)}
        self.best = y[0][0]

    def predict(self, X):  # noqa: N803
        return np.array([np.array([self.last.get(word, self.best) for word in words], object) for words in X], object)


def fitted(tagger, **conditions):
    data = dataset()
    tagger.fit(data.train, Conditions(**conditions))
    return [list(tags) for tags in tagger.predict(data.test.sentences)]


def by_hand(sentences):
    return [[describe(words, i) for i in range(len(words))] for words in sentences]


def test_a_crf_of_sklearn_crfsuite_answers_as_by_hand():
    crf = CRF(c1=0.1, c2=0.1, max_iterations=20)
    crf.fit(by_hand(TRAIN), TRAIN_TAGS)
    assert fitted(PerSentence(CRF(c1=0.1, c2=0.1, max_iterations=20))) == [crf.predict_single(x) for x in by_hand(TEST)]


def test_a_classifier_answers_as_by_hand():
    columns = DictVectorizer()
    table = columns.fit_transform([token for sentence in by_hand(TRAIN) for token in sentence])
    forest = RandomForestClassifier(5, random_state=3).fit(table, [tag for tags in TRAIN_TAGS for tag in tags])
    expected = forest.predict(columns.transform([token for sentence in by_hand(TEST) for token in sentence]))
    found = fitted(PerToken(RandomForestClassifier(5)), seed=3)
    assert [tag for tags in found for tag in tags] == expected.tolist()


def test_words_alone_are_given_where_no_features_are_wanted():
    assert fitted(PerSentence(Last(), features=None)) == [["DET", "DET", "V", "DET"], ["V", "NN"]]


def test_input_layers_are_features():
    words = Sequences.encode([["a", "a"], ["a", "a"]])
    sentences = Sequences(words.ids, words.offsets, words.vocabulary, {"2": Sequences.encode([["x", "y"], ["y", "x"]])})
    train = Corpus(sentences, Sequences.encode([["X", "Y"], ["Y", "X"]]))
    tagger = PerToken(LogisticRegression(), features=lambda words, place: {})
    tagger.fit(train, Conditions())
    assert [list(tags) for tags in tagger.predict(sentences)] == [["X", "Y"], ["Y", "X"]]


def test_seed_and_threads_come_from_the_run_unless_they_are_set():
    free, fixed = PerToken(RandomForestClassifier(2)), PerToken(RandomForestClassifier(2, random_state=5, n_jobs=1))
    fitted(free, seed=3, threads=2)
    fitted(fixed, seed=3, threads=2)
    chosen = [(t._classifier.random_state, t._classifier.n_jobs) for t in (free, fixed)]
    assert chosen == [(3, 2), (5, 1)]


@pytest.mark.parametrize(
    "make",
    [
        lambda: PerSentence(CRF(max_iterations=10)),
        lambda: PerSentence(Last(), features=None),
        lambda: PerToken(Perceptron()),
        lambda: PerTokenProbabilities(LogisticRegression()),
    ],
    ids=["crf", "words", "classifier", "probabilities"],
)
def test_adapters_keep_every_promise(make):
    assert [(promise.name, why) for promise, why in broken_promises(make)] == []


def test_only_what_has_probabilities_claims_them():
    assert not isinstance(PerToken(Perceptron()), Probabilistic)
    assert isinstance(PerTokenProbabilities(LogisticRegression()), Probabilistic)


def test_estimators_come_through_the_door_for_python(tmp_path):
    rows = seqbench.run(
        models={"theirs": lambda: PerSentence(CRF(max_iterations=10)), "baseline": "baseline"},
        data=dataset(),
        device="cpu",
        out=tmp_path / "run",
    )
    assert [row["status"] for row in rows] == ["finished", "finished"]
