"""Later sentences over the vocabularies of a training set."""

import pytest

from seqbench import Corpus, DataError, Sequences, Vocabularies

TRAIN = Corpus.encode([["the", "dog"], ["dog"]], [["D", "N"], ["N"]])
KNOWN = Vocabularies.of(TRAIN)


def layered(words, values):
    bare = Sequences.encode(words)
    return Sequences(bare.ids, bare.offsets, bare.vocabulary, {"pos": Sequences.encode(values)})


def test_words_of_train_keep_their_ids_and_further_ones_come_behind():
    sentences = KNOWN.encode([["a", "dog"], [], ["the"]])
    assert sentences.vocabulary.tolist() == ["the", "dog", "a"]
    assert sentences.ids.tolist() == [2, 1, 0]
    assert sentences.offsets.tolist() == [0, 2, 2, 3]
    assert KNOWN.tags.tolist() == ["D", "N"]


def test_sequences_over_these_words_stay_as_they_are():
    sentences = Sequences.encode([["dog", "x"]]).extend(TRAIN.sentences)
    assert KNOWN.encode(sentences) is sentences
    assert KNOWN.encode(TRAIN.sentences) is TRAIN.sentences


@pytest.mark.parametrize("words", [["dog"], ["dog", "the"], ["x", "y", "z"]])
def test_sequences_over_other_words_are_encoded_anew(words):
    sentences = KNOWN.encode(Sequences.encode([words]))
    assert sentences[0] == words
    assert sentences.vocabulary[:2].tolist() == ["the", "dog"]


def test_layers_go_along_over_the_values_of_train():
    train = Corpus(layered([["the", "dog"]], [["x", "y"]]), Sequences.encode([["D", "N"]]))
    sentences = Vocabularies.of(train).encode(layered([["dog", "a"]], [["z", "x"]]))
    assert sentences.layers["pos"].ids.tolist() == [2, 0]
    assert sentences.layers["pos"].vocabulary.tolist() == ["x", "y", "z"]
    assert not KNOWN.encode(layered([["dog"]], [["x"]])).layers


def test_a_layer_that_is_missing_is_named():
    train = Corpus(layered([["the"]], [["x"]]), Sequences.encode([["D"]]))
    vocabularies = Vocabularies.of(train)
    with pytest.raises(DataError, match="lack the input layer 'pos', which the training set has; hand them over as"):
        vocabularies.refuse_missing_layers(vocabularies.encode([["the"]]))
    vocabularies.refuse_missing_layers(train.sentences)


def test_a_training_set_without_a_word_has_empty_vocabularies():
    nothing = Vocabularies.of(Corpus.encode([], []))
    assert nothing.encode([["a"]]).vocabulary.tolist() == ["a"]
