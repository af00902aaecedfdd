"""The best tag sequence among a few candidates of each token, where a trellis of all tags would take too long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench_plugins._shared.ragged_arrays import Ints
from seqbench_plugins.linear._viterbi import Weights, viterbi_by_steps

MANY = 128
"""Tags from which on a token has only candidates: its moves are then the square of a smaller number."""
CANDIDATES = 32


def best_among_candidates(scores: Weights, moves: Weights, kinds: Ints, right: Ints | None = None) -> Ints:
    """The best tags (batch, time), each among the `CANDIDATES` tags of highest score of its token.

    `scores` (batch, time, tags), `moves` (kinds, tags, tags) and `kinds` (batch, time, kinds of a move) are as for
    `Linear.best_path`. Tags that are `right` (batch, time) are candidates in any case, so that in training no sequence
    wins that scores less than the right one (Huang, Fayong and Guo 2012 on why that matters).
    """
    chosen = np.argpartition(scores, -CANDIDATES, 2)[:, :, -CANDIDATES:]
    if right is not None:
        missing = ~(chosen == right[..., None]).any(2)
        chosen[missing, 0] = right[missing]  # in place of the one that scores least of all candidates
    moves_among = _Moves(moves, kinds, chosen)
    path = viterbi_by_steps(np.take_along_axis(scores, chosen, 2), moves_among.into)
    tags: Ints = np.take_along_axis(chosen, path[..., None], 2)[..., 0]
    return tags


@dataclass(frozen=True, eq=False)
class _Moves:
    """Weights of moves between candidates (batch, time, candidates)."""

    moves: Weights
    kinds: Ints
    chosen: NDArray[np.int64]

    def into(self, step: int) -> Weights:
        """Weights of the moves into a token: (batch, candidates before, candidates)."""
        tags = self.moves.shape[1]
        cells = self.chosen[:, step - 1, :, None] * tags + self.chosen[:, step, None, :]
        flat = self.moves.reshape(-1)
        weights: Weights = flat.take(cells)
        for kind in self.kinds[:, step].T:
            weights += flat.take(cells + kind[:, None, None] * tags**2)
        return weights
