"""Slices of the test set: which tokens are in them, and how many of those a model has right."""

from dataclasses import replace

import numpy as np
from model_predictions import KEY, one_sentence
from samples import dataset

from seqbench import Corpus, Dataset
from seqbench.comparing.error_analysis.slices import slices
from seqbench.comparing.error_analysis.words import Words
from seqbench.scoring.reference import Reference


def test_slices_say_which_tokens_are_alike():
    """The test set is "The cat ate that" and "book it"; only cat is unknown, and book is noun and verb in train."""
    data = dataset()
    parts = slices(Reference.of(data), Words.of(data))
    found = {(one.by, one.name): np.flatnonzero(one.where).tolist() for one in parts}
    assert found == {
        ("word", "any"): [0, 1, 2, 3, 4, 5],
        ("word", "known"): [0, 2, 3, 4, 5],
        ("word", "unknown"): [1],
        ("word", "ambiguous"): [4],
        ("times in train", "0"): [1],
        ("times in train", "1"): [0, 2, 3, 5],
        ("times in train", "2-4"): [4],
        ("sentence length", "1-5"): [0, 1, 2, 3, 4, 5],
        ("position", "1"): [0, 4],
        ("position", "2-5"): [1, 2, 3, 5],
        ("tag", "NN"): [1, 3, 5],
        ("tag", "V"): [2, 4],
        ("tag", "DET"): [0],
    }


def test_the_slices_of_one_kind_hold_each_token_once():
    lengths = [0, 1, 5, 6, 10, 11, 20, 21, 40, 41, 60]
    sentences = [[f"w{i % 7}" for i in range(n)] for n in lengths]
    corpus = Corpus.encode(sentences, [["T"] * n for n in lengths])
    data = Dataset.of("x", train=corpus, test=corpus)
    found = slices(Reference.of(data), Words.of(data))
    for by in ("times in train", "sentence length", "position", "tag"):
        assert (np.sum([one.where for one in found if one.by == by], axis=0) == 1).all()
    by_length = {one.name: one.tokens for one in found if one.by == "sentence length"}
    assert by_length == {"1-5": 6, "6-10": 16, "11-20": 31, "21-40": 61, "41+": 101}


def test_without_words_only_the_slices_by_frequency_are_missing():
    data = dataset()
    there, gone = ({one.by for one in slices(Reference.of(data), known)} for known in (Words.of(data), None))
    assert there - gone == {"times in train"}


def test_the_accuracy_of_a_slice_is_that_of_each_seed():
    predictions = one_sentence([0, 0, 1, 2], m=[[0, 0, 1, 1], [0, 1, 1, 1]])
    by_tag = {one.name: one.accuracy(predictions, KEY["m"]).per_seed for one in slices(predictions.reference, None)}
    assert (by_tag["A"], by_tag["B"], by_tag["C"]) == ([1.0, 0.5], [1.0, 1.0], [0.0, 0.0])
    assert by_tag["any"] == [0.75, 0.5]


def test_the_test_set_without_repeats_of_train_is_a_slice_for_each_kind():
    train = Corpus.encode([["the", "old", "dog"], ["a"]], [["T"] * 3, ["T"]])
    test = Corpus.encode([["The", "old", "dog"], ["a"], ["new"]], [["T"] * 3, ["T"], ["T"]])
    data = Dataset.of("x", train=train, test=test)
    parts = slices(Reference.of(data), Words.of(data))
    without = {part.name: part.where.tolist() for part in parts if "repeats" in part.by}
    assert without == {
        "the same words": [True, True, True, False, True],
        "the same but for case": [False, False, False, True, True],
        "all of these": [False, False, False, False, True],
    }


def test_the_test_set_without_sentences_of_dev_known_documents_and_look_alike_letters_is_a_slice():
    train = Corpus.encode([["a", "b"]], [["X", "Y"]])
    dev = Corpus.encode([["c", "d"]], [["X", "Y"]]).extend(train)
    test = Corpus.encode([["c", "d"], ["a"], ["p\u0430y", "b"]], [["X", "Y"], ["X"], ["X", "Y"]]).extend(train)
    train = replace(train, documents=np.array([0]), document_ids=("one",))
    test = replace(test, documents=np.array([0, 1, 2]), document_ids=("two", "one", ""))
    data = Dataset.of("x", train=train, dev=dev, test=test)
    parts = slices(Reference.of(data), Words.of(data))
    assert {one.name: np.flatnonzero(one.where).tolist() for one in parts if one.by == "without sentences"} == {
        "in dev with the same words": [2, 3, 4],
        "of documents that train or dev has": [0, 1, 3, 4],
        "with look-alike letters": [0, 1, 2],
    }
