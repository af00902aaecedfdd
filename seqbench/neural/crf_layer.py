"""A conditional random field over a network's scores: a sentence's tags are chosen together (Lafferty et al. 2001)."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqbench.data.corpus import Sequences
from seqbench.errors import DataError
from seqbench.neural.chain_algorithms import LogPartition, Sums, score, viterbi
from seqbench.neural.loss import IGNORED
from seqbench.spans import Scheme, legal, scheme_of
from seqbench.spans import scheme as named

Allowed = NDArray[np.bool_]

_FORBIDDEN = -500.0
"""Finite, so that where no sequence is legal (one token, and no tag for single tokens) there still is a best one."""


_MOST_TAGS = 10_000


class ConditionalRandomField(nn.Module):
    """Learned scores for each pair of neighbouring tags, over the network's own scores (Lample et al. 2016).

    Where the tags are spans, illegal moves are never chosen and have no probability; those that train itself makes are
    possible while it is learned from. Sums are taken in double precision where the device has it.
    """

    def __init__(self, tags: Sequences, scheme: str | None = None) -> None:
        super().__init__()
        allowed = _legal(tags, named(scheme) if scheme else scheme_of(tags))
        self.moves = nn.Parameter(torch.zeros(allowed.shape))
        self.register_buffer("in_tagging", _penalties(allowed))
        self.register_buffer("in_learning", _penalties(allowed | _made(tags)))

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """Negative log-likelihood a token: scores (batch, time, tags), tags (batch, time), `IGNORED` in the padding."""
        lengths = (tags != IGNORED).sum(1)
        scores, moves = self._exact(scores, "in_learning")
        total: Tensor = LogPartition.apply(scores, moves, lengths)  # type: ignore[no-untyped-call]
        return (total - score(scores, moves, tags, lengths)).sum() / lengths.sum()

    def probabilities(self, scores: Tensor, mask: Tensor) -> Tensor:
        """The marginals, (batch, time, tags): the share of all sequences' weight that has this tag there."""
        exact, moves = self._exact(scores, "in_tagging")
        return Sums.of(exact, moves, mask.sum(1)).marginals(exact).to(scores.dtype)

    def best(self, scores: Tensor, mask: Tensor) -> Tensor:
        """The tags of the best sequence: (batch, time)."""
        return viterbi(*self._exact(scores, "in_tagging"), mask.sum(1))

    def _exact(self, scores: Tensor, penalties: str) -> tuple[Tensor, Tensor]:
        dtype = torch.float32 if scores.device.type == "mps" else torch.float64
        return scores.to(dtype), (self.moves + self.get_buffer(penalties)).to(dtype)


def _legal(tags: Sequences, scheme: Scheme | None) -> Allowed:
    """Flags of legal moves, all where the tags are no spans: (tags + 1, tags + 1)."""
    count = len(tags.vocabulary)
    if count > _MOST_TAGS:
        size = f"{8 * count**2 / 1e9:,.1f} GB"
        raise DataError(f"with {count:,} tags, a CRF would keep moves of {size}; choose crf=False, or fewer tags")
    allowed = np.ones((count + 1,) * 2, bool)
    if scheme is not None:
        moves = legal(list(tags.vocabulary), scheme)
        allowed[:-1, :-1], allowed[-1, :-1], allowed[:-1, -1] = moves.transition, moves.start, moves.end
    return allowed


def _made(tags: Sequences) -> Allowed:
    """Flags of the moves that these sentences make: (tags + 1, tags + 1)."""
    outside = len(tags.vocabulary)
    made = np.zeros((outside + 1,) * 2, bool)
    path = np.insert(tags.ids.astype(np.int64), tags.offsets, outside)
    made[path[:-1], path[1:]] = True
    return made


def _penalties(allowed: Allowed) -> Tensor:
    return torch.from_numpy(np.where(allowed, 0.0, _FORBIDDEN).astype(np.float32))
