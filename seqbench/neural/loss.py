"""The purposes of scores: a loss to train by, probabilities, the best tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

import torch
from torch import Tensor, nn

IGNORED = -100
"""The tag id in the padding, which no loss looks at."""

Loss: TypeAlias = Callable[[Tensor, Tensor], Tensor]
"""Scores (batch, time, tags) and tag ids (batch, time), `IGNORED` in the padding -> the mean loss of the tokens, ()."""


def cross_entropy(scores: Tensor, tags: Tensor, weights: Tensor | None = None) -> Tensor:
    """The mean cross-entropy of the tokens: a `Loss`. `weights` (tags,) say how often a token of each tag counts.

    The sum is divided by the number of tokens, whatever they weigh, so that a batch of a single token has its weight.
    """
    flat, gold = scores.flatten(0, 1), tags.flatten()
    if weights is None:
        return nn.functional.cross_entropy(flat, gold, ignore_index=IGNORED)
    own = weights.to(scores)
    total = nn.functional.cross_entropy(flat, gold, own, ignore_index=IGNORED, reduction="sum")
    return total / (gold != IGNORED).sum()


def soft_cross_entropy(scores: Tensor, targets: Tensor) -> Tensor:
    """The mean cross-entropy of the tokens to probabilities `targets` (batch, time, tags), all 0 in the padding."""
    return -(targets * torch.log_softmax(scores, -1)).sum() / targets.sum()


class Objective(Protocol):
    """The use of scores (batch, time, tags); `mask` (batch, time) is true at tokens."""

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """The mean loss of the tokens; `tags` (batch, time) are `IGNORED` in the padding."""
        ...

    def probabilities(self, scores: Tensor, mask: Tensor) -> Tensor:
        """(batch, time, tags) that sum to 1 over the tags."""
        ...

    def best(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Tag ids (batch, time)."""
        ...


class TokenWise(nn.Module):
    """Each token's tag by itself: cross-entropy of a softmax over the tags."""

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """See `Objective`."""
        return cross_entropy(scores, tags)

    def probabilities(self, scores: Tensor, mask: Tensor) -> Tensor:
        """See `Objective`."""
        del mask
        return torch.softmax(scores, 2)

    def best(self, scores: Tensor, mask: Tensor) -> Tensor:
        """See `Objective`."""
        del mask
        return scores.argmax(2)
