"""Large trellises are gone through step by step, and give the same sequences."""

import numpy as np

from seqbench import Conditions, Corpus
from seqbench_plugins.linear import _linear, perceptron
from seqbench_plugins.linear._viterbi import viterbi, viterbi_by_steps
from seqbench_plugins.linear.perceptron import Perceptron

RANDOM = np.random.default_rng(5)
WORDS = [[f"w{n}" for n in RANDOM.integers(30, size=length)] for length in RANDOM.integers(1, 9, size=40)]
CORPUS = Corpus.encode(WORDS, [[f"T{int(word[1:]) % 7}" for word in words] for words in WORDS])


def test_step_by_step_the_best_sequences_are_the_same():
    for time in (1, 2, 7):
        scores = RANDOM.normal(size=(3, time, 5)).astype(np.float32)
        moves = RANDOM.normal(size=(3, time, 5, 5)).astype(np.float32)
        whole = viterbi(scores, moves)
        assert (viterbi_by_steps(scores, lambda t, moves=moves: moves[:, t]) == whole).all()
        assert (viterbi_by_steps(scores, lambda _, moves=moves: moves[:1, 0]) == viterbi(scores, moves[:1, :1])).all()


def test_a_perceptron_learns_and_tags_with_small_trellises_as_well(monkeypatch):
    tagger, by_steps = Perceptron(), Perceptron()
    tagger.fit(CORPUS, Conditions())
    whole = list(tagger.predict(CORPUS.sentences))
    monkeypatch.setattr(_linear, "TRELLIS", 1)
    monkeypatch.setattr(_linear, "STEP", 100)
    assert list(tagger.predict(CORPUS.sentences)) == whole == list(CORPUS.tags)
    by_steps.fit(CORPUS, Conditions())
    right = (
        by_steps.predict(CORPUS.sentences).ids == CORPUS.tags.ids
    )  # another of equal sequences, another way to learn
    assert right.mean() > 0.95


def test_fewer_words_have_transitions_of_their_own_where_tags_are_many_and_that_is_said(monkeypatch):
    monkeypatch.setattr(perceptron, "_TABLES", 49 * 9)
    tagger = Perceptron(epochs=1)
    tagger.fit(CORPUS, Conditions())
    assert tagger.notes == [
        "words=3 in place of 200: with 7 tags more tables of transitions would take too much memory"
    ]
