"""What is told of models that learned from other texts than train."""

from runs import dataset
from samples import Constant

from seqbench.running import pretraining_notes as told_of
from seqbench.running.pretraining_notes import pretraining_texts


def pretraining_notes(tagger, data):
    return told_of.pretraining_notes(pretraining_texts(tagger), data)


class Informed(Constant):
    trained_on = ("wikipedia", "News")


def test_texts_are_named_and_one_that_is_the_dataset_is_marked():
    assert list(pretraining_notes(Constant(), dataset())) == []
    notes = list(pretraining_notes(Informed(), dataset(name="news")))
    assert notes == [
        "pretrained on wikipedia, News",
        "it was pretrained on 'News', which is this dataset: it may have seen the test text",
    ]
    assert list(pretraining_notes(Informed(), dataset())) == notes[:1]


def test_one_text_may_be_named_without_a_list():
    tagger = Informed()
    tagger.trained_on = "wikipedia"
    assert list(pretraining_notes(tagger, dataset())) == ["pretrained on wikipedia"]
    tagger.trained_on = ""
    assert list(pretraining_notes(tagger, dataset())) == []
