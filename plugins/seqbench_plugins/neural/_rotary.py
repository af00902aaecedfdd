"""Positions as rotations (Su et al. 2021): the product of two rotated vectors depends on how far apart they stand."""

from __future__ import annotations

import torch
from torch import Tensor

_SLOWEST = 1e4


def turns(time: int, size: int, device: torch.device) -> Tensor:
    """The angle by which each pair of numbers is turned at each place: (time, size / 2)."""
    speeds = _SLOWEST ** -(torch.arange(0, size, 2, device=device, dtype=torch.float32) / size)
    return torch.arange(time, device=device, dtype=torch.float32).unsqueeze(1) * speeds


def rotated(vectors: Tensor, angles: Tensor) -> Tensor:
    """(..., time, size) turned by (time, size / 2); a pair is a number of the first half and one of the second."""
    first, second = vectors.chunk(2, -1)
    cosine, sine = angles.cos(), angles.sin()
    return torch.cat([first * cosine - second * sine, first * sine + second * cosine], -1)
