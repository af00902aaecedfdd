"""Sentences read from their end, so that a backward direction starts at the last token and never in the padding."""

from __future__ import annotations

import torch
from torch import Tensor


def reverse_within(lengths: Tensor, time: int) -> Tensor:
    """Where token t of the reversed sentence stands: (batch, time) int64; padding stays where it is.

    Gathering by it twice gives back the original: `x.gather(1, order.unsqueeze(2).expand_as(x))`.
    """
    steps = torch.arange(time, device=lengths.device)
    reversed_steps = lengths.unsqueeze(1) - 1 - steps  # (batch, time)
    return torch.where(reversed_steps >= 0, reversed_steps, steps)
