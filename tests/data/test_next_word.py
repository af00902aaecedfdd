"""The next word as the tag of each word."""

import numpy as np
import pytest
from samples import dataset

from seqbench import Corpus, Dataset, UsageError
from seqbench.data.next_word import next_words, task_of, words_of
from seqbench.errors import DataError

TRAIN = [["the", "dog", "saw", "the", "cat"], ["the", "cat", "ran"], ["dog", "the"]]
TEST = [["the", "mouse", "ran"], ["cat"]]


def tagged(sentences):
    return Corpus.encode(sentences, [["N"] * len(words) for words in sentences])


def made(task="next-word", train=TRAIN, test=TEST):
    return next_words(Dataset.of("d", train=tagged(train), test=tagged(test), dev=tagged(test)), task)


def test_each_word_is_tagged_with_the_next_one_and_the_last_with_the_end():
    data = made()
    assert list(data.train.sentences)[1] == ["<s>", "the", "cat", "ran"]
    assert list(data.train.tags)[1] == ["the", "cat", "<unk>", "</s>"]  # "ran" is one token of train
    assert [list(split.tags) for split in (data.dev, data.test)] == [[["the", "<unk>", "<unk>", "</s>"],
                                                                     ["cat", "</s>"]]] * 2  # fmt: skip
    assert (data.name, data.source) == ("d, next-word", "?task=next-word")


def test_a_note_that_leads_to_this_task_is_left_out_and_others_stay():
    notes = (
        "train: no tags; --task next-word learns from its words",
        "train: 2 lines repeat",
        "all 9 tags are '_' (?tags=COLUMN)?",
    )
    data = Dataset.of("d", train=tagged(TRAIN), test=tagged(TEST), notes=notes)
    assert next_words(data, "next-word").notes == notes[1:2]


def test_only_the_most_frequent_words_are_told_apart_and_the_first_of_equals():
    assert set(made("next-word:1").tags) == {"the", "<unk>", "</s>"}
    assert set(made("next-word:2").tags) == {"the", "dog", "<unk>", "</s>"}
    assert set(made("next-word:9").tags) == {"the", "dog", "cat", "<unk>", "</s>"}


def test_a_text_that_writes_unknown_words_so_has_one_tag_for_them():
    data = made(train=[["a", "<unk>", "a", "<unk>", "b"]], test=[["<unk>", "c"]])
    assert list(data.test.tags) == [["<unk>", "<unk>", "</s>"]]
    assert set(data.tags) == {"a", "<unk>", "</s>"}


def test_a_word_that_is_a_mark_is_refused():
    with pytest.raises(DataError, match=r"d has the word '</s>', which task next-word needs as a mark"):
        made(train=[["a", "</s>"]])


def test_documents_and_layers_stay_beside_their_sentences():
    corpus = dataset().train
    data = next_words(Dataset.of("d", train=corpus, test=corpus), "next-word")
    assert data.train.documents.tolist() == corpus.documents.tolist()
    assert data.train.sentences.lengths.tolist() == (corpus.sentences.lengths + 1).tolist()
    assert np.array_equal(data.train.sentences.offsets, data.train.tags.offsets)


def test_a_task_that_nobody_knows_is_refused():
    assert (words_of("next-word"), words_of("next-word:50")) == (10_000, 50)
    for wrong in ("pos", "next-word:", "next-word:0", "next-word:-1", "next-word:" + "9" * 40):
        with pytest.raises(UsageError, match=r"the task must be next-word or next-word:WORDS"):
            words_of(wrong)


def test_the_task_is_read_from_the_text_of_a_dataset():
    assert [task_of(text) for text in ("a", "a?tags=2", "a?tags=2&task=next-word:5")] == [None, None, "next-word:5"]
