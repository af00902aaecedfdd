"""A linear model of a chain of tags: weights of features with tags, and of moves from tag to tag."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import check_array
from seqbench_plugins._shared.ragged_arrays import Ints
from seqbench_plugins.linear._viterbi import equal_lengths, viterbi

Weights = NDArray[np.float32]
TOKENS_AT_ONCE = 4000  # bounds the memory of tagging


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of a corpus as a linear model sees them; each has its features and the kinds of the move into it."""

    features: NDArray[np.int32]  # (tokens, features of a token)
    kinds: Ints  # (tokens, kinds of a move besides kind 0, which every move is of)
    offsets: Ints  # (sentences + 1,)

    def groups(self, sentences: Ints) -> Ints:
        """Where the tokens of sentences of equal length are: (batch, time)."""
        starts = self.offsets[sentences]
        return starts[:, None] + np.arange(self.offsets[sentences[0] + 1] - starts[0])


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights; the score of a sequence is the sum of those of all its features and moves."""

    states: Weights  # (features, tags)
    moves: Weights  # (kinds, tags, tags)

    def check(self, features: int, kinds: int, tags: int) -> None:
        """Raises `ValueError` unless there are weights for so many features, kinds of moves and tags."""
        check_array("states", self.states, features, tags)
        check_array("moves", self.moves, kinds, tags, tags)

    @property
    def parameters(self) -> int:
        """Weights that are not 0."""
        return int(np.count_nonzero(self.states) + np.count_nonzero(self.moves))

    def emissions(self, features: NDArray[np.int32]) -> Weights:
        """(batch, time, features of a token) -> (batch, time, tags)."""
        batch, time, width = features.shape
        rows = self.states.take(features.reshape(-1, width), 0)  # (tokens, features of a token, tags)
        scores: Weights = np.einsum("nft->nt", rows)  # three times as fast as .sum(1)
        return scores.reshape(batch, time, -1)

    def transitions(self, kinds: Ints) -> Weights:
        """(batch, time, kinds of a move) -> (batch or 1, time or 1, tags, tags)."""
        if not kinds.shape[2]:
            return self.moves[:1, None]
        scores: Weights = self.moves.take(kinds[..., 0], 0)
        for kind in range(1, kinds.shape[2]):
            scores += self.moves.take(kinds[..., kind], 0)
        scores += self.moves[0]
        return scores

    def best(self, tokens: Tokens) -> NDArray[np.int32]:
        """The tags of the best sequences: (tokens,)."""
        tags = np.zeros(len(tokens.features), np.int32)
        for sentences in equal_lengths(np.diff(tokens.offsets), most_tokens=TOKENS_AT_ONCE):
            group = tokens.groups(sentences)
            tags[group] = viterbi(self.emissions(tokens.features[group]), self.transitions(tokens.kinds[group]))
        return tags
