"""What scores are for: the loss they are trained by, the probabilities they mean, the tags they choose."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

IGNORED = -100


class Objective(Protocol):
    """What scores (batch, time, tags) are for; `mask` (batch, time) is true at tokens."""

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """Mean loss of the tokens; `tags` (batch, time) are `IGNORED` in the padding."""
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
        return cross_entropy(scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)

    def probabilities(self, scores: Tensor, mask: Tensor) -> Tensor:
        """See `Objective`."""
        del mask
        return torch.softmax(scores, 2)

    def best(self, scores: Tensor, mask: Tensor) -> Tensor:
        """See `Objective`."""
        del mask
        return scores.argmax(2)
