"""Dropout that draws one random byte a number: on a CPU several times as fast as torch's, which draws a float."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn


class Dropout(nn.Module):
    """Sets a share of the numbers to 0 in training and scales up the rest (Srivastava et al. 2014).

    The share is rounded to 1/256. Reproducible after `torch.manual_seed`, from which it draws its own seed when it is
    built. On other devices it is torch's own.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self._threshold = round(256 * share)
        self._random = np.random.Generator(np.random.SFC64(int(torch.randint(2**62, ()))))

    def forward(self, inputs: Tensor) -> Tensor:
        """Any shape -> the same shape."""
        if not self.training or not self._threshold:
            return inputs
        if inputs.device.type != "cpu":
            return nn.functional.dropout(inputs, self.share)
        drawn = self._random.integers(0, 2**64, inputs.numel() // 8 + 1, np.uint64).view(np.uint8)
        kept = torch.from_numpy(drawn[: inputs.numel()] >= self._threshold).view(inputs.shape)
        return inputs * kept.float().mul_(256 / (256 - self._threshold))
