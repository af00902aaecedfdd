"""What scores are for: the loss they are trained by, the probabilities they mean, the tags they choose."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

IGNORED = -100


class TokenWise:
    """Each token's tag by itself: cross-entropy of a softmax over the tags."""

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """Mean loss of the tokens: scores (batch, time, tags), tags (batch, time) with `IGNORED` in the padding."""
        return cross_entropy(scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)

    def probabilities(self, scores: Tensor) -> Tensor:
        """(batch, time, tags) -> the same shape; sums to 1 over the tags."""
        return torch.softmax(scores, 2)

    def best(self, scores: Tensor) -> Tensor:
        """(batch, time, tags) -> tag ids (batch, time)."""
        return scores.argmax(2)
