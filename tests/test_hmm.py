"""The hidden Markov model against counting every sequence of tags."""

from itertools import pairwise, product

import numpy as np
import pytest

from seqbench import Conditions, Corpus, Sequences, make
from seqbench_plugins._trigrams import Lattice, trigrams

RANDOM = np.random.default_rng(3)
LENGTHS = [1, 2, 3, 1, 4, 0, 3]
OFFSETS = np.concatenate([[0], np.cumsum(LENGTHS)])
TAGS = 3


@pytest.fixture
def transitions():
    table = RANDOM.random((TAGS + 1,) * 3)
    return table / table.sum(2, keepdims=True)


def every_sequence(transitions, shown):
    """Each sequence of tags with its probability times that of the words."""
    border = TAGS
    for tags in product(range(TAGS), repeat=len(shown)):
        line = [border, border, *tags, border]
        moves = np.prod([transitions[a, b, c] for a, b, c in zip(line, line[1:], line[2:], strict=False)])
        yield tags, moves * np.prod([row[tag] for row, tag in zip(shown, tags, strict=True)])


def test_inference_equals_counting_every_sequence(transitions):
    scores = RANDOM.random((OFFSETS[-1], TAGS))
    lattice = Lattice(transitions, OFFSETS)
    best, marginals = lattice.viterbi(scores), lattice.marginals(scores)
    for start, stop in pairwise(OFFSETS):
        if stop > start:
            weighed = list(every_sequence(transitions, scores[start:stop]))
            assert tuple(best[start:stop]) == max(weighed, key=lambda pair: pair[1])[0]
            exact = np.zeros((stop - start, TAGS))
            for tags, weight in weighed:
                exact[range(stop - start), tags] += weight
            assert marginals[start:stop] == pytest.approx(exact / exact.sum(1, keepdims=True))


def test_trigrams_are_counted_with_borders_and_sum_to_1():
    table = trigrams(np.array([0, 1, 0], np.int32), np.array([0, 2, 2, 3]), 2)
    assert table.sum(2) == pytest.approx(np.ones((3, 3)))
    assert table[2, 2].argmax() == 0
    assert table[2, 0].argmax() in {1, 2}
    assert table[0, 1].argmax() == 2


SPECS = ["majority", "baseline", "hmm", "hmm(decoding='viterbi')"]
ODD = Sequences.encode([["Ünknown", "żebra"], [], ["the"], ["чай", "42", "-"], ["dog", "x" * 99]])


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize(
    "train",
    [
        Corpus.encode([["the", "dog", "ran"], ["dog"]], [["D", "N", "V"], ["V"]]),
        Corpus.encode([["one"]], [["T"]]),
        Corpus.encode([[], ["a"]], [[], ["X"]]),
    ],
)
def test_odd_input_is_coped_with(spec, train):
    tagger = make(spec)
    tagger.fit(train, Conditions())
    for sentences in (ODD, Sequences.encode([]), Sequences.encode([[]])):
        tags = tagger.predict(sentences)
        assert [len(t) for t in tags] == [len(s) for s in sentences]
        assert {tag for t in tags for tag in t} <= set(train.tags.vocabulary)
    alone = [tagger.predict(ODD[i : i + 1])[0] for i in range(len(ODD))]
    assert alone == list(tagger.predict(ODD))


def test_endings_decide_on_unknown_words():
    train = Corpus.encode([["quickly", "slowly", "sadly", "dog", "cat", "house"]], [["R", "R", "R", "N", "N", "N"]])
    tagger = make("hmm")
    tagger.fit(train, Conditions())
    probabilities = tagger.predict_proba(Sequences.encode([["gladly"], ["mouse"]]))
    assert probabilities.sum(1) == pytest.approx(np.ones(2))
    assert probabilities[0, 0] > probabilities[1, 0]


def test_majority_is_the_most_frequent_tag():
    tagger = make("majority")
    tagger.fit(Corpus.encode([["a", "b", "a"]], [["X", "Y", "Y"]]), Conditions())
    assert list(tagger.predict(ODD[2:3])) == [["Y"]]
