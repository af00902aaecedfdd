"""Exact decoding of a second-order Markov chain over each token's own candidates, all sentences at once.

A state of the chain is a pair (previous candidate, candidate). Tokens have different numbers of candidates, so nothing
is padded: candidates and pairs lie in a row, token by token, the tokens ordered by position (all first tokens, then all
second ones, ...) and within it by the length of their sentence, longest first. One step handles one position of all
sentences; the triples exist for one position at a time. Viterbi (1967) and forward-backward (Baum et al. 1970).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seqbench_plugins._shared.ragged_arrays import Floats, Ints, Ragged, sums, totals, within
from seqbench_plugins.counting._trigrams import Transitions

# (tokens, candidates of the tokens before, candidates), of each move -> log weights; before a sentence is candidate -1
Moves = Callable[[Ints, Ints, Ints], Floats]


@dataclass(frozen=True, eq=False)
class Chain:
    """Sentences to be scored: their tokens have candidates, each a state with a log emission weight.

    `transitions` know log P(c | a, b) of the states and, as the last one, the boundary.
    """

    offsets: Ints
    states: Ragged  # the candidates of each token
    emissions: Floats  # (candidates,)
    transitions: Transitions
    moves: Moves | None = None  # further weights of moves from candidate to candidate


@dataclass(frozen=True, eq=False, kw_only=True)
class Trellis:
    """The pairs of candidates of every token; token 0 and pair 0 stand for what is before each sentence.

    Of each pair: its token, the position of its right candidate in the corpus (-1 for pair 0), its two states, its log
    weight. `tokens` are in the order of the trellis: their places in the corpus.
    """

    tokens: Ints  # (tokens,)
    steps: Ints  # (positions + 1,) the tokens of each position
    previous: Ints  # (tokens + 1,) the token before each
    candidates: Ints  # (tokens + 1,) how many each has
    starts: Ints  # (tokens + 2,) the pairs of each
    token: Ints  # (pairs,)
    position: Ints
    left: Ints
    right: Ints
    scores: Floats
    transitions: Transitions

    @classmethod
    def of(cls, chain: Chain) -> Trellis:
        """Lay out the pairs; the way to the end of a sentence counts with its last pair."""
        tokens, steps, previous = _by_position(chain.offsets)
        size = chain.transitions.states
        boundary = size - 1
        places = np.append(-1, chain.states.entries(tokens))
        states = np.append(boundary, chain.states.values[places[1:]])
        candidates = np.append(1, chain.states.lengths[tokens])
        first, counts = sums(candidates), candidates[previous] * candidates
        token, local = np.repeat(np.arange(len(candidates)), counts), within(counts)
        right = first[token] + local % candidates[token]
        left = first[previous[token]] + local // candidates[token]
        scores = np.append(0.0, chain.emissions[places[right[1:]]])
        last = np.append(False, np.isin(tokens, chain.offsets[1:] - 1))[token]
        scores[last] += chain.transitions.at((states[left[last]] * size + states[right[last]]) * size + boundary)
        if chain.moves:
            scores[1:] += chain.moves(tokens[token[1:] - 1], places[left[1:]], places[right[1:]])
        return cls(
            tokens=tokens,
            steps=steps,
            previous=previous,
            candidates=candidates,
            starts=sums(counts),
            token=token,
            position=places[right],
            left=states[left],
            right=states[right],
            scores=scores,
            transitions=chain.transitions,
        )

    def viterbi(self) -> Ints:
        """The place of each token's candidate in the best sequence, in the order of the corpus."""
        best = np.zeros(len(self.scores))
        pointer = np.zeros(len(self.scores), np.int64)
        for lo, hi in self._positions():
            back, owner, starts, moves = self._ways(lo, hi)
            weights = moves + best[back]
            highest = np.maximum.reduceat(weights, starts)
            hits = np.flatnonzero(weights == highest[owner])[::-1]  # of equals, the first is written last
            pointer[lo + owner[hits]] = back[hits]
            best[lo:hi] = highest + self.scores[lo:hi]
        return self._trace(best, pointer)

    def marginals(self) -> Floats:
        """P(candidate | sentence) of each candidate, in the order of the corpus: those of a token sum to 1."""
        weights = np.exp(self.scores - np.maximum.reduceat(self.scores, self.starts[:-1])[self.token])
        forward, backward = np.ones(len(weights)), np.ones(len(weights))
        for lo, hi in self._positions():
            back, _, starts, moves = self._ways(lo, hi)
            forward[lo:hi] = np.add.reduceat(forward[back] * np.exp(moves), starts) * weights[lo:hi]
            self._normalise(forward, lo, hi)
        for lo, hi in reversed(self._positions()):
            back, owner, _, moves = self._ways(lo, hi)
            before = int(back.min())
            reached = np.bincount(back - before, np.exp(moves) * (weights[lo:hi] * backward[lo:hi])[owner])
            backward[before : before + len(reached)] = reached
            self._normalise(backward, before, before + len(reached))
        joint = (forward * backward)[1:]
        total = np.bincount(self.token[1:], joint)[self.token[1:]]
        return totals(joint / total, self.position[1:], len(joint) and int(self.position.max()) + 1)

    def _positions(self) -> list[tuple[int, int]]:
        """The first and the last pair of each position."""
        ends = self.starts[self.steps + 1].tolist()
        return list(pairwise(ends))

    def _ways(self, lo: int, hi: int) -> tuple[Ints, Ints, Ints, NDArray[np.float32]]:
        """The ways into the pairs lo to hi: from which pair, into which (less lo), each pair's first, their weights."""
        token = self.token[lo:hi]
        previous = self.previous[token]
        counts = self.candidates[self.previous[previous]]
        starts = sums(counts)[:-1]
        owner = np.repeat(np.arange(hi - lo), counts)
        width = self.candidates[previous]
        first = self.starts[previous] + (np.arange(lo, hi) - self.starts[token]) // self.candidates[token]
        back = (first - starts * width)[owner] + np.arange(len(owner)) * width[owner]
        size = self.transitions.states
        code = (self.left[lo:hi] * size + self.right[lo:hi])[owner] + self.left[back] * size**2
        return back, owner, starts, self.transitions.at(code)

    def _normalise(self, values: Floats, lo: int, hi: int) -> None:
        """Scale the pairs of each token to the sum 1, so that no length of sentence over- or underflows."""
        token = self.token[lo:hi] - self.token[lo]
        values[lo:hi] /= np.bincount(token, values[lo:hi])[token]

    def _trace(self, best: Floats, pointer: Ints) -> Ints:
        chosen = np.zeros(len(self.tokens), np.int64)
        pair = np.zeros(0, np.int64)
        for start, stop in zip(self.steps[-2::-1], self.steps[:0:-1], strict=True):
            ending = np.arange(start + len(pair), stop) + 1
            pair = np.append(pair, self._best_of(best, ending))
            chosen[self.tokens[start:stop]] = self.position[pair]
            pair = pointer[pair]
        return chosen

    def _best_of(self, best: Floats, tokens: Ints) -> Ints:
        """The pair with which each of these last tokens ends best."""
        counts = np.diff(self.starts)[tokens]
        pairs = within(counts) + np.repeat(self.starts[tokens], counts)
        starts = sums(counts)[:-1]
        highest = np.repeat(np.maximum.reduceat(best[pairs], starts), counts) if len(tokens) else best[pairs]
        hits = np.flatnonzero(best[pairs] == highest)
        return pairs[hits[np.searchsorted(hits, starts)]]


def _by_position(offsets: Ints) -> tuple[Ints, Ints, Ints]:
    """Tokens by position, longest sentence first; where each position begins; the token before each (0: none)."""
    lengths = np.diff(offsets)
    position = within(lengths)
    rank = np.empty(len(lengths), np.int64)
    rank[np.argsort(-lengths, kind="stable")] = np.arange(len(lengths))
    ranks = np.repeat(rank, lengths)
    tokens = np.argsort(position * len(lengths) + ranks, kind="stable")
    steps = sums(np.bincount(position))
    before = steps[np.maximum(position[tokens] - 1, 0)] + ranks[tokens] + 1
    return tokens, steps, np.append(0, np.where(position[tokens] > 0, before, 0))
