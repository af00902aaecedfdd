"""Hashes of sentences: equal for equal ones, whole and without a word, against sentences compared one by one."""

from itertools import pairwise

import numpy as np

from seqbench import Sequences
from seqbench.data.sentence_hashes import Hashed
from seqbench.data.word_forms import without_punctuation

RANDOM = np.random.default_rng(0)
TEXTS = [["abc"[i] for i in RANDOM.integers(0, 3, RANDOM.integers(0, 6))] for _ in range(60)]
SENTENCES = Sequences.encode(TEXTS)


def same(values):
    return np.asarray(values)[:, None] == np.asarray(values)


def test_two_sentences_have_one_hash_if_they_have_the_same_words():
    texts = np.array([" ".join(text) for text in TEXTS])
    assert (same(Hashed.of(SENTENCES).whole) == same(texts)).all()


def test_a_sentence_without_a_word_has_the_hash_of_what_is_left():
    hashed = Hashed.of(SENTENCES)
    lacking = [text[:i] + text[i + 1 :] for text in TEXTS for i in range(len(text))]
    assert hashed.without_a_word.tolist() == Hashed.of(Sequences.encode(lacking)).whole.tolist()
    assert [end - start for start, end in pairwise(hashed.offsets)] == [len(text) for text in TEXTS]


def test_words_without_a_form_are_left_out():
    hashed = Hashed.of(Sequences.encode([["a", "!", "b"], ["!"], ["a", "b"]]), without_punctuation)
    assert hashed.lengths.tolist() == [2, 0, 2]
    assert hashed.whole[0] == hashed.whole[2] != hashed.whole[1]


def test_tags_tell_sentences_of_the_same_words_apart():
    sentences = Sequences.encode([["a", "b"], ["a", "b"], ["a", "b"]])
    tagged = Hashed.of(sentences).with_tags(Sequences.encode([["X", "Y"], ["Y", "X"], ["X", "Y"]])).whole
    assert tagged[0] == tagged[2] != tagged[1]
