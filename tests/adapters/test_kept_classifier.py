"""Classifiers of scikit-learn on disk: by skops, and only types that are trusted."""

import numpy as np
import pytest
from samples import dataset
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

from seqbench import Conditions, StoreError
from seqbench.adapters import PerToken, PerTokenProbabilities


def fitted(tagger):
    tagger.fit(dataset().train, Conditions())
    return tagger


class Careless(LogisticRegression):
    """A type that skops has never heard of."""


@pytest.mark.parametrize("classifier", [LogisticRegression(), GaussianNB()], ids=["sparse", "dense"])
def test_a_classifier_answers_as_before_it_was_saved(classifier, tmp_path):
    tagger, again = fitted(PerTokenProbabilities(classifier)), PerTokenProbabilities(classifier)
    tagger.save(tmp_path)
    again.load(tmp_path)
    test = dataset().test.sentences
    assert list(again.predict(test)) == list(tagger.predict(test))
    assert np.array_equal(again.predict_proba(test), tagger.predict_proba(test))


def test_a_type_that_is_not_trusted_is_refused_by_name(tmp_path):
    fitted(PerToken(Careless())).save(tmp_path)
    with pytest.raises(StoreError, match=r"types that are not trusted: .*Careless; .*`trusted` of the tagger's class"):
        PerToken(Careless()).load(tmp_path)


def test_a_class_may_trust_a_type_of_its_own(tmp_path):
    class Trusting(PerToken):
        trusted = (f"{Careless.__module__}.Careless",)

    fitted(PerToken(Careless())).save(tmp_path)
    again = Trusting(Careless())
    again.load(tmp_path)
    assert len(again.predict(dataset().test.sentences)) == len(dataset().test)


def test_a_file_that_is_none_of_skops_is_refused(tmp_path):
    fitted(PerToken(LogisticRegression())).save(tmp_path)
    (tmp_path / "classifier.skops").write_bytes(b"\x80\x04N.")
    with pytest.raises(StoreError, match="'classifier.skops' cannot be read"):
        PerToken(LogisticRegression()).load(tmp_path)
