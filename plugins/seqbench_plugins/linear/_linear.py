"""A linear model of a chain of tags: weights of features with tags, and of moves from tag to tag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import check_array
from seqbench_plugins._shared.ragged_arrays import Ints
from seqbench_plugins.linear._viterbi import equal_lengths, viterbi, viterbi_by_steps

Weights = NDArray[np.float32]
TOKENS_AT_ONCE = 4000  # bounds the memory of tagging
TRELLIS = 1 << 26  # weights of moves that are held at once: 512 MB with what is computed of them
STEP = 1 << 23  # weights of moves of one step, where a trellis is larger
_TAGS = 100


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
    def tokens_at_once(self) -> int:
        """Tokens that are tagged together: fewer for many tags."""
        tags: int = self.moves.shape[1]
        return TOKENS_AT_ONCE * _TAGS // max(_TAGS, tags)

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

    def best_path(self, scores: Weights, kinds: Ints) -> Ints:
        """The best tags (batch, time) for scores (batch, time, tags) and kinds of moves (batch, time, kinds).

        A trellis of more than `TRELLIS` weights is gone through step by step, in parts of the batch.
        """
        batch, time, tags = scores.shape
        if batch * time * tags**2 <= TRELLIS:
            return viterbi(scores, self.transitions(kinds))
        size = max(1, STEP // tags**2)
        parts = [self._by_steps(scores[i : i + size], kinds[i : i + size]) for i in range(0, batch, size)]
        return np.concatenate(parts)

    def _by_steps(self, scores: Weights, kinds: Ints) -> Ints:
        return viterbi_by_steps(scores, lambda t: self.transitions(kinds[:, t : t + 1])[:, 0])

    def best(self, tokens: Tokens, path: Callable[[Weights, Ints], Ints] | None = None) -> NDArray[np.int32]:
        """The tags of the best sequences, by `best_path` unless another way is named: (tokens,)."""
        tags = np.zeros(len(tokens.features), np.int32)
        for sentences in equal_lengths(np.diff(tokens.offsets), most_tokens=self.tokens_at_once):
            group = tokens.groups(sentences)
            tags[group] = (path or self.best_path)(self.emissions(tokens.features[group]), tokens.kinds[group])
        return tags
