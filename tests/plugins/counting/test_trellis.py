"""Decoding a second-order chain, against enumeration of all sequences and against hmmlearn."""

from itertools import product

import numpy as np
import pytest
from hmmlearn.hmm import CategoricalHMM

from seqbench_plugins._shared.ragged_arrays import Ragged, sums
from seqbench_plugins.counting._trellis import Chain, Trellis
from seqbench_plugins.counting._trigrams import Table


def chain(lengths, states, seed):
    """Random weights; every token has between one and all states as candidates."""
    draw = np.random.default_rng(seed)
    allowed = draw.random((sum(lengths), states)) < 0.6
    allowed[np.arange(sum(lengths)), draw.integers(0, states, sum(lengths))] = True
    candidates = Ragged.where(allowed)
    table = Table(states + 1, draw.normal(0, 2, (states + 1) ** 3).astype(np.float32))
    return Chain(sums(np.array(lengths)), candidates, draw.normal(0, 2, len(candidates.values)), table)


def weights(chain, sentence):
    """The log weight of every sequence of places of candidates: sequence -> weight."""
    tokens = range(chain.offsets[sentence], chain.offsets[sentence + 1])
    places = [range(chain.states.starts[t], chain.states.starts[t + 1]) for t in tokens]
    size = chain.transitions.states
    end, transitions = size - 1, chain.transitions.values.reshape(size, size, size)
    scored = {}
    for sequence in product(*places):
        path = [end, end, *(chain.states.values[p] for p in sequence), end]
        moves = sum(float(transitions[a, b, c]) for a, b, c in zip(path, path[1:], path[2:], strict=False))
        scored[sequence] = moves + sum(chain.emissions[p] for p in sequence)
    return scored


@pytest.mark.parametrize("seed", range(5))
def test_the_best_sequence_and_the_marginals_are_those_of_enumeration(seed):
    given = chain([3, 0, 5, 1, 5, 2, 0], states=4, seed=seed)
    trellis = Trellis.of(given)
    best, marginals = trellis.viterbi(), trellis.marginals()
    for sentence, (start, stop) in enumerate(zip(given.offsets, given.offsets[1:], strict=False)):
        if start == stop:
            continue
        scored = weights(given, sentence)
        assert tuple(best[start:stop]) == max(scored, key=scored.get)
        total = sum(np.exp(w) for w in scored.values())
        for place in range(given.states.starts[start], given.states.starts[stop]):
            share = sum(np.exp(w) for sequence, w in scored.items() if place in sequence) / total
            assert marginals[place] == pytest.approx(share, abs=1e-6)


def test_where_the_state_before_last_does_not_matter_hmmlearn_finds_the_same():
    draw = np.random.default_rng(0)
    start, moves, emits = draw.dirichlet(np.ones(3)), draw.dirichlet(np.ones(3), 3), draw.dirichlet(np.ones(5), 3)
    observed, lengths = draw.integers(0, 5, 40), [10, 25, 5]
    oracle = CategoricalHMM(n_components=3)
    oracle.startprob_, oracle.transmat_, oracle.emissionprob_, oracle.n_features = start, moves, emits, 5
    table = np.zeros((4, 4, 4), np.float32)
    table[:, :3, :3], table[3, 3, :3] = np.log(moves), np.log(start)
    every = Ragged.where(np.ones((40, 3), bool))
    emissions = np.log(emits[:, observed].T).reshape(-1)
    trellis = Trellis.of(Chain(sums(np.array(lengths)), every, emissions, Table(4, table.reshape(-1))))
    assert (every.values[trellis.viterbi()] == oracle.predict(observed[:, None], lengths)).all()
    expected = oracle.predict_proba(observed[:, None], lengths)
    assert trellis.marginals().reshape(-1, 3) == pytest.approx(expected, abs=1e-6)


def test_a_sentence_of_many_thousand_tokens_neither_over_nor_underflows():
    given = chain([6000], states=3, seed=1)
    marginals = Trellis.of(given).marginals()
    assert np.add.reduceat(marginals, given.states.starts[:-1]) == pytest.approx(np.ones(6000))
