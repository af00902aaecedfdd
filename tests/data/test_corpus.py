"""Encoded corpora against plain lists."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqbench import Corpus, Sequences

SENTENCES = st.lists(st.lists(st.sampled_from("abcdeé "), max_size=4), max_size=5)


@given(SENTENCES)
def test_encoded_sentences_read_as_they_were_written(lists):
    encoded = Sequences.encode(lists)
    assert list(encoded) == lists
    assert len(encoded) == len(lists)
    assert encoded.lengths.tolist() == [len(sentence) for sentence in lists]
    assert list(encoded.vocabulary) == list(dict.fromkeys(form for sentence in lists for form in sentence))
    assert list(encoded[::-1]) == lists[::-1]


@given(SENTENCES, st.slices(5))
def test_a_slice_is_that_of_the_list_with_its_layers(lists, part):
    words = Sequences.encode(lists)
    encoded = Sequences(words.ids, words.offsets, words.vocabulary, {"copy": words})
    assert list(encoded[part]) == list(encoded[part].layers["copy"]) == lists[part]
    assert encoded[part].offsets[0] == 0
    assert encoded[part].digest() == encoded.take(np.arange(len(lists))[part]).digest()


@given(SENTENCES, st.data())
def test_chosen_sentences_compacted_are_as_if_encoded_alone(lists, data):
    numbers = data.draw(st.lists(st.sampled_from(range(len(lists))), max_size=6)) if lists else []
    chosen = Sequences.encode(lists).take(np.array(numbers, np.int64))
    alone = Sequences.encode([lists[number] for number in numbers])
    assert list(chosen) == list(alone)
    compact = chosen.compact()
    assert compact.ids.tolist() == alone.ids.tolist()
    assert compact.vocabulary.tolist() == alone.vocabulary.tolist()
    assert chosen.digest() == alone.digest()


def test_a_long_corpus_is_compacted_as_if_encoded_alone():
    rng = np.random.default_rng(0)
    forms = rng.integers(0, 50_000, 200_000).astype(str)
    whole = Sequences.encode([forms.tolist()] * 2 + [["late", "forms"]])
    part = whole[1:]
    alone = Sequences.encode([forms.tolist(), ["late", "forms"]])
    assert (part.compact().ids == alone.ids).all()
    assert part.compact().vocabulary.tolist() == alone.vocabulary.tolist()
    assert whole.take(np.array([2])).compact().vocabulary.tolist() == ["late", "forms"]


@given(SENTENCES, SENTENCES)
def test_known_forms_keep_the_ids_of_train_and_others_follow(train_lists, test_lists):
    train = Sequences.encode(train_lists)
    test = Sequences.encode(test_lists).extend(train)
    assert list(test) == test_lists
    known = len(train.vocabulary)
    assert test.vocabulary[:known].tolist() == train.vocabulary.tolist()
    forms = [form for sentence in test_lists for form in sentence]
    assert (test.ids < known).tolist() == [form in set(train.vocabulary) for form in forms]


def test_a_negative_or_missing_index_behaves_as_in_a_list():
    encoded = Sequences.encode([["a"], ["b", "c"]])
    assert encoded[-1] == ["b", "c"]
    with pytest.raises(IndexError):
        encoded[2]


def test_arrays_cannot_be_changed():
    encoded = Sequences.encode([["a"]])
    for array in (encoded.ids, encoded.offsets, encoded.vocabulary):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[-1]


def test_a_document_that_is_cut_opens_again():
    corpus = Corpus(Sequences.encode([["a"]] * 6), Sequences.encode([["X"]] * 6), np.array([0, 3, 5]))
    assert corpus.part(0, 4).documents.tolist() == [0, 3]
    assert corpus.part(4, 6).documents.tolist() == [0, 1]


def test_sentences_read_one_after_the_other_are_those_at_their_places():
    sentences = [["a"] * (number % 4) + [str(number)] * (number % 3) for number in range(2345)]
    encoded = Sequences.encode(sentences)
    assert list(encoded) == sentences == [encoded[number] for number in range(len(encoded))]
    assert list(encoded[17:2017]) == sentences[17:2017]
    assert list(encoded[:0]) == []
