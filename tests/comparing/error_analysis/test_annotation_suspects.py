"""Suspects for mistakes of annotation: counted by hand, and planted ones found."""

import numpy as np
import pytest
from model_predictions import answering
from samples import dataset

from seqbench import Corpus, Dataset
from seqbench.comparing.error_analysis.annotation_suspects import suspects
from seqbench.comparing.error_analysis.words import Words


def test_suspects_are_the_tokens_on_which_all_agree_against_gold_the_likeliest_first():
    """All say NN for dog and V for ate, as train does; cat is unknown, so tags alone speak; on book they differ."""
    train = Corpus.encode([["ate", "book", "the", "dog"]] * 5, [["V", "NN", "DET", "NN"]] * 5)
    test = Corpus.encode([["the", "cat", "ate"], ["book", "dog"]], [["DET", "V", "NN"], ["V", "V"]])
    data = Dataset.of("x", train=train, test=test)
    predictions = answering(data, "DET NN V NN NN", "DET NN V V NN")
    found = suspects(predictions, Words.of(data))
    assert found.places.tolist() == [4, 2, 1]
    v, nn = 6 / 23, 11 / 23  # shares in train, one added for each of three tags
    expected = [(5 + v) / (0 + nn), (5 + nn) / (0 + v), nn / v]
    assert found.suspicion == pytest.approx(np.sort(np.log(expected))[::-1])


def test_planted_mistakes_come_before_words_that_are_hard():
    """Words are sure (one tag each) or hard (any tag); models know the sure ones and call the hard ones A."""
    drawn = np.random.default_rng(0)
    words = [[f"{'hard' if j % 2 else 'sure'}{drawn.integers(8)}" for j in range(10)] for _ in range(200)]
    truth = [["ABCD"[int(w[-1]) % 4] if w.startswith("sure") else "A" for w in s] for s in words]
    gold = [[t if j % 2 == 0 else "ABCD"[drawn.integers(4)] for j, t in enumerate(tags)] for tags in truth]
    planted = 2 * drawn.choice(500, 30, replace=False)  # places of sure words
    for place in planted.tolist():
        gold[100 + place // 10][place % 10] = "ABCD"["BCDA".index(truth[100 + place // 10][place % 10])]
    data = Dataset.of("x", train=Corpus.encode(words[:100], gold[:100]), test=Corpus.encode(words[100:], gold[100:]))
    predictions = answering(data, *[" ".join(t for tags in truth[100:] for t in tags)] * 2)
    found = suspects(predictions, Words.of(data)).places.tolist()
    assert len(found) > 300
    assert set(found[:30]) == set(planted.tolist())


def test_no_suspect_is_no_error():
    predictions = answering(dataset(), "DET NN V NN V NN")
    assert len(suspects(predictions, Words.of(dataset())).places) == 0
