"""A tagger that reads another one's guesses: which it reads, and of whom."""

from typing import ClassVar

import numpy as np
import pytest

from seqbench import (
    Conditions,
    Corpus,
    Deterministic,
    Noted,
    Pretrained,
    Probabilistic,
    Saveable,
    Sequences,
    UsageError,
    hookimpl,
    learned,
    make,
)
from seqbench.registry.discovery import Registry
from seqbench.registry.models import made_from, resolve
from seqbench.registry.specs import parse
from seqbench_plugins.combining.stacked import Stacked

WORDS = [["the", "dog", "ran"], ["a", "run"], ["run", "home"], ["home"]]
TRAIN = Corpus.encode(WORDS, [["D", "N", "V"], ["D", "N"], ["V", "A"], ["A"]])


class Unsure:
    """Holds the first tag it knows the best, and the last one so probable; remembers what it was fitted to."""

    deterministic = True
    trained_on = ("wikipedia",)
    fits: ClassVar[list[list[str]]] = []

    def __init__(self, second=0.3):
        self.second = second

    def fit(self, train, conditions):
        self.tags, self.budget = train.tags.vocabulary, conditions.budget
        Unsure.fits.append([" ".join(sentence) for sentence in train.sentences])

    def predict(self, sentences):
        return Sequences(np.zeros(len(sentences.ids), np.int32), sentences.offsets, self.tags)

    def predict_proba(self, sentences):
        probabilities = np.zeros((len(sentences.ids), len(self.tags)), np.float32)
        probabilities[:, -1] = self.second
        probabilities[:, 0] = 1 - self.second
        return probabilities


class Reader:
    """Remembers the layers that it was handed."""

    notes = ("a note",)

    def fit(self, train, conditions):
        self.tags, self.train, self.conditions = train.tags.vocabulary, train, conditions

    def predict(self, sentences):
        self.tagged = sentences
        return Sequences(np.zeros(len(sentences.ids), np.int32), sentences.offsets, self.tags)


@pytest.fixture(autouse=True)
def registry():
    class Samples:
        @hookimpl
        def register_taggers(self, register):
            register("unsure", lambda *, second=0.3: Unsure(second), "")
            register("reader", Reader, "")

    registry = Registry.discover()
    registry.add(Samples(), "samples")
    Unsure.fits = []
    with made_from(registry):
        yield registry


def fitted(train=TRAIN, conditions=None, **fields):
    tagger = Stacked(**{"base": "unsure", "final": "reader"} | fields)
    tagger.fit(train, conditions or Conditions(seed=3))
    return tagger


def layers(sentences):
    return {name: [" ".join(row) for row in layer] for name, layer in sentences.layers.items()}


def test_on_train_every_fold_is_guessed_by_a_base_that_has_not_learned_from_it():
    tagger = fitted(folds=2)
    assert Unsure.fits == [["a run", "home"], ["the dog ran", "run home"], [" ".join(row) for row in WORDS]]
    assert layers(tagger._final.train.sentences) == {
        "guess 1": ["D D D", "D D", "D D", "D"],
        "guess 2": ["A A A", "A A", "A A", "A"],
    }


def test_a_second_tag_is_told_where_it_is_probable_enough():
    sentences = fitted(folds=2, base="unsure(second=0.04)")._final.train.sentences
    assert layers(sentences)["guess 2"] == ["none none none", "none none", "none none", "none"]
    assert layers(fitted(folds=2, base="unsure(second=0.04)", least=0.03)._final.train.sentences)["guess 2"][3] == "A"


def test_a_tag_called_none_is_not_taken_for_no_second_tag():
    train = Corpus.encode([["a", "b"], ["a"]], [["none", "none0"], ["none"]])
    assert list(learned(fitted(train)).values) == ["none", "none0", "none1"]


def test_new_sentences_and_dev_are_guessed_by_the_base_of_all_of_train_beside_layers_they_have():
    words = Sequences(TRAIN.sentences.ids, TRAIN.sentences.offsets, TRAIN.sentences.vocabulary, {"guess 1": TRAIN.tags})
    train = Corpus(words, TRAIN.tags)
    tagger = fitted(train, Conditions(dev=train.part(1, 2)))
    assert list(layers(tagger._final.conditions.dev.sentences)) == ["guess 1", "guess 2", "guess 3"]
    assert list(tagger.predict(words[:1])) == [["D", "D", "D"]]
    assert layers(tagger._final.tagged) == {"guess 1": ["D N V"], "guess 2": ["D D D"], "guess 3": ["A A A"]}


def test_a_tag_that_one_fold_alone_has_is_none_of_the_base_that_does_not_learn_from_it():
    """A table of a tag without a token was none that `hmm` takes."""
    rare = Corpus.encode([["a", "b"], ["c"], ["a", "b"]], [["X", "Y"], ["Z"], ["X", "Y"]])
    for model in (
        Stacked(base="hmm", folds=3),
        make("distil(teacher='hmm', student='rnn(epochs=1, min_steps=4, embedding_dim=8, hidden_dim=8)', folds=3)"),
    ):
        model.fit(rare, Conditions())
        assert len(model.predict(rare.sentences).ids) == 5


def test_train_of_one_sentence_is_guessed_by_a_base_that_learned_it():
    assert fitted(TRAIN.part(0, 1))._final.train.tokens == 3
    assert Unsure.fits == [["the dog ran"]] * 2


def test_the_budget_is_shared_by_all_that_are_fitted():
    tagger = fitted(conditions=Conditions(budget=12.0))
    assert (tagger._base.budget, tagger._final.conditions.budget) == (2.0, 2.0)


def test_it_offers_what_its_final_tagger_offers():
    assert not isinstance(Stacked(final="reader"), Probabilistic)
    assert isinstance(Stacked(final="hmm"), Probabilistic)
    assert isinstance(Stacked(final="hmm"), Deterministic)
    assert not isinstance(Stacked(), Deterministic)


def test_probabilities_are_those_of_the_final_tagger():
    tagger = fitted(final="unsure(second=0.2)")
    assert tagger.predict_proba(TRAIN.sentences)[0] == pytest.approx([0.8, 0, 0, 0.2])


def test_what_its_parts_have_to_say_is_passed_on(registry):
    tagger = fitted()
    assert isinstance(tagger, Noted)
    assert tagger.notes == ["reader: a note"]
    assert isinstance(tagger, Pretrained)
    assert tagger.trained_on == ["wikipedia"]
    assert [part.entry.name for part in resolve(registry, parse("stacked")).parts] == ["hmm", "perceptron"]


def test_what_cannot_guess_or_be_kept_is_refused(tmp_path):
    with pytest.raises(UsageError, match="base 'reader' has no probabilities"):
        Stacked(base="reader")
    with pytest.raises(ValueError, match="folds must be at least 2, was: 1"):
        Stacked(folds=1)
    tagger = fitted()
    assert isinstance(tagger, Saveable)
    with pytest.raises(UsageError, match="its member 'unsure' cannot"):
        tagger.save(tmp_path)
