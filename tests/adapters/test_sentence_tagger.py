"""Estimators of whole sentences as taggers; the oracle is the same estimator driven by hand."""

import numpy as np
import pytest
from samples import TEST, TRAIN, TRAIN_TAGS, dataset
from sklearn_crfsuite import CRF

import seqbench
from seqbench import Conditions, DataError
from seqbench.adapters import PerSentence, describe
from seqbench.testing import broken_promises


class Last:
    """An estimator of sentences that is none of scikit-learn's: words by the tag they had last."""

    def fit(self, X, y):  # noqa: N803
        self.last = {word: tag for words, tags in zip(X, y, strict=True) for word, tag in zip(words, tags, strict=True)}
        self.best = y[0][0]

    def predict(self, X):  # noqa: N803
        return np.array([np.array([self.last.get(word, self.best) for word in words], object) for words in X], object)


def fitted(tagger, **conditions):
    tagger.fit(dataset().train, Conditions(**conditions))
    return tagger


def by_hand(sentences):
    return [[describe(words, i) for i in range(len(words))] for words in sentences]


def test_a_crf_of_sklearn_crfsuite_answers_as_by_hand():
    crf = CRF(c1=0.1, c2=0.1, max_iterations=20)
    crf.fit(by_hand(TRAIN), TRAIN_TAGS)
    tagger = fitted(PerSentence(CRF(c1=0.1, c2=0.1, max_iterations=20)))
    assert tagger.predict(dataset().test.sentences) == [crf.predict_single(x) for x in by_hand(TEST)]


def test_words_alone_are_given_where_no_features_are_wanted():
    assert fitted(PerSentence(Last(), features=None)).predict(TEST) == [["DET", "DET", "V", "DET"], ["V", "NN"]]


def test_plain_lists_of_words_are_tagged_as_sequences_are():
    tagger = fitted(PerSentence(CRF(max_iterations=5)))
    assert tagger.predict(TEST) == tagger.predict(dataset().test.sentences)
    with pytest.raises(DataError, match="sentence 1 must be a list of words"):
        tagger.predict(["The cat"])


@pytest.mark.parametrize(
    "make",
    [lambda: PerSentence(CRF(max_iterations=10)), lambda: PerSentence(Last(), features=None)],
    ids=["crf", "words"],
)
def test_adapters_keep_every_promise(make):
    assert [(promise.name, why) for promise, why in broken_promises(make)] == []


def test_estimators_come_through_the_door_for_python(tmp_path):
    rows = seqbench.run(
        models={"theirs": lambda: PerSentence(CRF(max_iterations=10)), "baseline": "baseline"},
        data=dataset(),
        device="cpu",
        out=tmp_path / "run",
    )
    assert [row["status"] for row in rows] == ["finished", "finished"]
