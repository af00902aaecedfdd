"""Tokens with their sentence, gold tag and what each model made of them."""

import numpy as np
from model_predictions import KEY, answering, one_sentence
from samples import dataset

from seqbench import Corpus, Dataset
from seqbench.comparing.error_analysis.tokens_in_context import cases
from seqbench.comparing.error_analysis.words import Words


def test_a_case_has_its_place_its_sentence_and_the_tags_of_most_seeds():
    predictions = answering(dataset(), "DET NN NN NN NN NN", "DET V V NN V V")
    first, second = cases(predictions, Words.of(dataset()), np.array([2, 5]))
    assert (first.sentence, first.token, first.gold, first.predicted) == (1, 3, "V", {KEY["m0"]: "NN", KEY["m1"]: "V"})
    assert first.marked(1) == "… cat [ate] that"
    assert (second.sentence, second.token, second.marked(9)) == (2, 2, "book [it]")
    assert cases(predictions, None, np.array([0]))[0].marked(5) == "-"


def test_a_sentence_without_tokens_moves_no_case():
    corpus = Corpus.encode([["a"], [], [], ["b", "c"]], [["X"], [], [], ["X", "X"]])
    predictions = answering(Dataset.of("x", train=corpus, test=corpus), "X X X")
    found = cases(predictions, None, np.array([0, 1, 2]))
    assert [(case.sentence, case.token) for case in found] == [(1, 1), (4, 1), (4, 2)]


def test_of_several_seeds_the_tag_of_most_is_given_and_of_a_tie_the_first():
    predictions = one_sentence([0, 0, 0], good=[[0, 1, 2], [0, 1, 1], [1, 2, 2]], bad=[[2, 2, 0], [1, 2, 0]])
    tokens = cases(predictions, None, np.array([0, 1, 2]))
    assert [token.predicted[KEY["good"]] for token in tokens] == ["A", "B", "C"]
    assert [token.predicted[KEY["bad"]] for token in tokens] == ["B", "C", "A"]
