"""The best sequence among candidates of each token, against all sequences of these."""

from itertools import product

import numpy as np
import pytest

from seqbench import Conditions, Corpus, DataError
from seqbench_plugins.linear._candidates import CANDIDATES, MANY, best_among_candidates
from seqbench_plugins.linear.perceptron import Perceptron


def drawn(tags, time=2, kinds=3):
    random = np.random.default_rng(0)
    scores = random.normal(size=(2, time, tags)).astype(np.float32)
    moves = random.normal(size=(kinds, tags, tags)).astype(np.float32)
    return scores, moves, random.integers(1, kinds, (2, time, 2))


def total(path, scores, moves, kinds):
    """The score of one sequence."""
    steps = [(0, *kinds[t]) for t in range(1, len(path))]
    pairs = zip(steps, path[:-1], path[1:], strict=True)
    return sum(scores[range(len(path)), path]) + sum(moves[list(kind), a, b].sum() for kind, a, b in pairs)


def test_it_is_the_best_of_all_sequences_of_candidates():
    scores, moves, kinds = drawn(40)
    best = best_among_candidates(scores, moves, kinds)
    for number, path in enumerate(best.tolist()):
        top = np.argsort(scores[number], 1)[:, -CANDIDATES:].tolist()
        paths = [list(tags) for tags in product(*top)]
        assert path == max(paths, key=lambda tags: total(tags, scores[number], moves, kinds[number]))


def test_tags_that_are_right_are_candidates_even_where_they_score_least():
    scores, moves, kinds = drawn(40, time=3)
    scores[1], kinds[1] = scores[0], kinds[0]
    right = scores.argmin(2)
    moves[:] = 0
    assert (best_among_candidates(scores, moves, kinds) != right).all()
    moves[0, right[:, :-1], right[:, 1:]] = 1000
    assert (best_among_candidates(scores, moves, kinds, right) == right).all()


def corpus_of(tags):
    words = [[f"w{(start + place) % tags}" for place in range(4)] for start in range(0, tags, 4)]
    return Corpus.encode(words, [[f"T{word}" for word in sentence] for sentence in words])


def test_a_perceptron_of_many_tags_learns_them_and_says_how_it_seeks():
    corpus, tagger = corpus_of(MANY), Perceptron(epochs=4)
    tagger.fit(corpus, Conditions())
    assert (tagger.predict(corpus.sentences).ids == corpus.tags.ids).mean() > 0.98
    assert tagger.notes == [f"with {MANY} tags, the best sequence is sought among the 32 likeliest of each token"]


def test_a_training_of_many_tags_that_would_take_days_is_refused_with_the_figure():
    with pytest.raises(DataError, match=r"with 128 tags, training perceptron would take about 9.1 hours"):
        Perceptron(epochs=10_000_000).fit(corpus_of(MANY), Conditions())
