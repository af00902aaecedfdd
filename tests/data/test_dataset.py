"""Datasets: splits over the vocabularies of train, and a fingerprint of their content."""

import pytest

from seqbench import Corpus, Dataset

TRAIN = Corpus.encode([["a", "b"]], [["X", "Y"]])
TEST = Corpus.encode([["c", "b"]], [["Z", "Y"]])


def dataset(word="a", tag="X", name="n", dev=None, source="s"):
    corpus = Corpus.encode([[word, "b"]], [[tag, "Y"]])
    return Dataset.of(name, train=corpus, test=corpus, dev=dev, source=source)


def test_dev_and_test_are_put_over_the_vocabularies_of_train():
    data = Dataset.of("n", train=TRAIN, test=TEST, dev=TEST)
    assert data.train.sentences.vocabulary.tolist() == ["a", "b"]
    for split in (data.dev, data.test):
        assert split.sentences.vocabulary.tolist() == ["a", "b", "c"]
        assert split.sentences.ids.tolist() == [2, 1]
        assert split.tags.vocabulary.tolist() == ["X", "Y", "Z"]
    assert data.tags == ["X", "Y"]


def test_train_has_exactly_its_own_forms():
    whole = Corpus.encode([["a"], ["b"]], [["X"], ["Y"]])
    data = Dataset.of("n", train=whole.part(1, 2), test=whole)
    assert data.train.sentences.vocabulary.tolist() == ["b"]
    assert data.tags == ["Y"]


def test_fingerprints_tell_contents_apart_and_nothing_else():
    assert dataset().fingerprint == dataset(name="other", source="elsewhere").fingerprint
    others = [dataset("z"), dataset(tag="Z"), dataset(dev=Corpus.encode([["a"]], [["X"]]))]
    assert len({dataset().fingerprint, *(other.fingerprint for other in others)}) == 4


@pytest.mark.parametrize(
    ("source", "expected"), [("x.tsv", "x.tsv?fold=2%2F5"), ("x.tsv?tags=3", "x.tsv?tags=3&fold=2%2F5")]
)
def test_a_dataset_drawn_from_another_is_named_and_loaded_by_its_options(source, expected):
    drawn = dataset("z").drawn_from(dataset(name="news", source=source), {"fold": "2/5"})
    assert (drawn.name, drawn.origin, drawn.source) == ("news, fold 2/5", "news", expected)
    assert dict(drawn.drawn) == {"fold": "2/5"}
    assert drawn.train.sentences[0] == ["z", "b"]


def test_a_dataset_that_was_not_drawn_has_no_origin():
    assert (dataset().origin, dict(dataset().drawn), dataset().ceiling, dataset().notes) == ("", {}, None, ())
