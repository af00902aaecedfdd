"""The conditional random field: its weights are CRFsuite's, its probabilities those of enumeration."""

import gc
from itertools import pairwise, product

import numpy as np
import pycrfsuite
import pytest

from seqbench import Conditions, Corpus, Dataset, Sequences, learned
from seqbench_plugins.linear._marginals import marginals
from seqbench_plugins.linear.crf import CRF

WORDS = [["the", "dog", "barks"], ["a", "bark", "ends"], ["dogs", "bark"], ["the", "end"], ["Kim", "barks"], []] * 3
TAGS = [["D", "N", "V"], ["D", "N", "V"], ["N", "V"], ["D", "N"], ["P", "V"], []] * 3
NEW = [["the", "bark", "barks"], ["Sam", "ends"], ["dogs"], []]


@pytest.fixture
def data():
    return Dataset.of("x", train=Corpus.encode(WORDS, TAGS), test=Corpus.encode(NEW, [["D"] * len(s) for s in NEW]))


@pytest.fixture
def tagger(data):
    tagger = CRF()
    tagger.fit(data.train, Conditions())
    return tagger


def test_marginals_are_those_of_enumeration():
    draw = np.random.default_rng(1)
    emissions = draw.normal(0, 3, (2, 4, 3)).astype(np.float32)
    moves = draw.normal(0, 3, (3, 3)).astype(np.float32)
    found = marginals(emissions, moves)
    for b in range(2):
        shares = np.zeros((4, 3))
        for tags in product(range(3), repeat=4):
            weight = sum(emissions[b, t, tags[t]] for t in range(4))
            weight += sum(moves[x, y] for x, y in pairwise(tags))
            shares[np.arange(4), tags] += np.exp(weight)
        assert found[b] == pytest.approx(shares / shares.sum(1, keepdims=True), abs=1e-6)


def test_marginals_of_a_sentence_of_many_thousand_tokens_neither_over_nor_underflow():
    emissions = np.random.default_rng(1).normal(0, 30, (1, 6000, 3)).astype(np.float32)
    found = marginals(emissions, np.eye(3, dtype=np.float32))
    assert found.sum(2) == pytest.approx(np.ones((1, 6000)))


def test_tags_and_marginals_are_those_of_crfsuite_driven_by_hand(data, tagger, tmp_path):
    def items(sentences):
        rows = learned(tagger).features.of(sentences)
        return [
            [[f"f{n}" for n in row] for row in rows[a:b]]
            for a, b in zip(sentences.offsets, sentences.offsets[1:], strict=False)
        ]

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(CRF().parameters_of_crfsuite())
    for sentence, tags in zip(items(data.train.sentences), TAGS, strict=True):
        trainer.append(sentence, tags)
    trainer.train(str(tmp_path / "model"))
    oracle = pycrfsuite.Tagger()
    oracle.open(str(tmp_path / "model"))
    probabilities = tagger.predict_proba(data.test.sentences)
    for i, sentence in enumerate(items(data.test.sentences)):
        assert list(tagger.predict(data.test.sentences)[i]) == oracle.tag(sentence)
        start = data.test.sentences.offsets[i]
        for t in range(len(sentence)):
            expected = [oracle.marginal(tag, t) for tag in data.tags]
            assert probabilities[start + t] == pytest.approx(expected, abs=1e-4)
    oracle.close()


def test_it_learns_what_can_be_learned(data, tagger):
    assert [list(t) for t in tagger.predict(data.train.sentences)] == TAGS
    assert 0 < tagger.parameters < learned(tagger).model.states.size


def test_progress_is_told_once_an_iteration_and_the_garbage_collector_is_left_as_it_was(data):
    told = []
    CRF(iterations=3).fit(data.train, Conditions(report=lambda **progress: told.append(progress)))
    assert [t["epoch"] for t in told] == [1, 2, 3]
    assert told[0]["loss"] > told[2]["loss"] > 0
    assert gc.isenabled()


def test_a_layer_beside_the_words_is_learned_from():
    def layered(corpus, pos):
        words = corpus.sentences

        return Corpus(
            Sequences(words.ids, words.offsets, words.vocabulary, {"pos": Sequences.encode(pos)}), corpus.tags
        )

    train = layered(Corpus.encode([["x"], ["x"]] * 5, [["A"], ["B"]] * 5), [["a"], ["b"]] * 5)
    test = layered(Corpus.encode([["x"], ["x"]], [["A"], ["B"]]), [["b"], ["a"]])
    data = Dataset.of("layered", train=train, test=test)
    tagger = CRF()
    tagger.fit(data.train, Conditions())
    assert [list(t) for t in tagger.predict(data.test.sentences)] == [["B"], ["A"]]
