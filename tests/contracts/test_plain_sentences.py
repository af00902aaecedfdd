"""Plain lists of words are tagged as `Sequences` are, and answered with lists of str."""

from dataclasses import dataclass

import numpy as np
import pytest

from seqbench import (
    Conditions,
    Corpus,
    DataError,
    NotFittedError,
    Probabilistic,
    Sequences,
    Vocabularies,
    accepts_lists,
    learned,
    make,
)

TRAIN = Corpus.encode([["the", "dog", "ran"], ["a", "run"]], [["D", "N", "V"], ["D", "N"]])
SMALL = "embedding_dim=8, hidden_dim=8, epochs=1, min_steps=10"
SPECS = [
    "baseline",
    "majority",
    "hmm",
    "crf(iterations=5)",
    "perceptron(epochs=1)",
    f"feedforward({SMALL})",
    f"cnn({SMALL})",
    f"rnn({SMALL})",
    f"gru({SMALL})",
    f"lstm({SMALL})",
    f"lstm-crf({SMALL})",
    f"transformer({SMALL}, heads=2)",
    "lstm-tutorial(epochs=2)",
    "ensemble(members=['hmm', 'baseline'])",
]
PLAIN = [["the", "zebra", "ran"], [], ["dog"], ["quagga"]]


def fitted(spec):
    tagger = make(spec)
    tagger.fit(TRAIN, Conditions())
    return tagger


@pytest.mark.parametrize("spec", SPECS)
def test_built_ins_answer_lists_of_words_with_lists_of_tags(spec):
    tagger = fitted(spec)
    encoded = Sequences.encode(PLAIN).extend(TRAIN.sentences)
    answer = tagger.predict(PLAIN)
    assert answer == [list(tags) for tags in tagger.predict(encoded)]
    assert {type(tag) for tags in answer for tag in tags} == {str}
    assert [type(tags) for tags in answer] == [list] * 4
    assert tagger.predict([]) == []
    if isinstance(tagger, Probabilistic):
        assert np.array_equal(tagger.predict_proba(PLAIN), tagger.predict_proba(encoded))


@pytest.mark.parametrize("spec", SPECS)
def test_sequences_of_another_vocabulary_are_tagged_by_their_words(spec):
    tagger = fitted(spec)
    assert list(tagger.predict(Sequences.encode([["ran", "the"]]))) == tagger.predict([["ran", "the"]])


def test_any_iterable_of_sentences_will_do():
    tagger = fitted("baseline")
    assert tagger.predict(sentence.split() for sentence in ("the dog", "ran")) == [["D", "N"], ["V"]]
    assert tagger.predict((("the", "dog"),)) == [["D", "N"]]


@pytest.mark.parametrize(
    ("sentences", "message"),
    [
        ("the dog", r"sentences must be lists of words, was: 'the dog'; write \[\['the', 'dog'\]\]"),
        (["the", "dog"], "sentence 1 must be a list of words, was: 'the'; split it into words"),
        ([["the"], [1]], "sentence 2 must be a list of words, but holds 1"),
    ],
)
def test_what_is_no_list_of_words_is_refused(sentences, message):
    with pytest.raises(DataError, match=message):
        fitted("hmm").predict(sentences)


@dataclass(frozen=True)
class Fitted:
    vocabularies: Vocabularies
    best: np.ndarray


class Theirs:
    """A stranger's tagger that works on ids."""

    def fit(self, train, conditions):
        self._fitted = Fitted(Vocabularies.of(train), np.zeros(1 + len(train.sentences.vocabulary), np.int32))

    @accepts_lists
    def predict(self, sentences):
        """Every word has the first tag."""
        fitted = learned(self)
        best = fitted.best[np.minimum(sentences.ids, len(fitted.best) - 1)]
        return Sequences(best, sentences.offsets, fitted.vocabularies.tags)


def test_a_tagger_from_outside_takes_lists_by_the_same_means():
    tagger = Theirs()
    with pytest.raises(NotFittedError):
        tagger.predict([["the"]])
    tagger.fit(TRAIN, Conditions())
    assert tagger.predict([["the", "zebra"]]) == [["D", "D"]]
    assert isinstance(tagger.predict(TRAIN.sentences), Sequences)
    assert tagger.predict.__doc__ == "Every word has the first tag."
