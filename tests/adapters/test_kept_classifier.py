"""Classifiers of scikit-learn on disk: by skops, and only types that are trusted."""

import io
import zipfile

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


def packed(folder):
    """The classifier's archive with its members compressed."""
    file = folder / "classifier.skops"
    with zipfile.ZipFile(file) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def with_a_table_that_unpacks_to_gigabytes(folder):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as table, table.open("data.npy", "w") as member:
        for _ in range(100):
            member.write(bytes(1 << 20))
    with zipfile.ZipFile(folder / "classifier.skops", "a") as archive:
        archive.writestr("1.npz", content.getvalue())


def longer(folder):
    file = folder / "classifier.skops"
    file.write_bytes(file.read_bytes() + b"\x80\x04N.")


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (longer, "it is no whole archive of skops, or more than one"),
        (packed, "it is packed, which no file of skops is"),
        (with_a_table_that_unpacks_to_gigabytes, "its tables unpack to 104,857,600 bytes"),
    ],
)
def test_an_archive_that_skops_does_not_write_is_refused_before_it_is_read(damage, why, tmp_path):
    fitted(PerToken(LogisticRegression())).save(tmp_path)
    damage(tmp_path)
    with pytest.raises(StoreError, match=f"'classifier.skops' cannot be read: {why}"):
        PerToken(LogisticRegression()).load(tmp_path)
