"""Which precision a device can train in: not every processor has matrix products in half the bits."""

from __future__ import annotations

from functools import cache
from typing import Literal

import torch
from torch import nn

from seqbench.errors import SeqbenchError

Precision = Literal["float32", "bfloat16"]


@cache
def trains_in_bfloat16(device: str) -> bool:
    """Whether a recurrent layer can be trained there with bfloat16 products; tried on the smallest one."""
    layer, inputs = nn.LSTM(1, 1).to(device), torch.zeros(1, 1, 1, device=device)
    try:
        with torch.autocast(device, torch.bfloat16):
            layer(inputs)
    except RuntimeError:  # oneDNN has no such layer for processors without AVX-512
        return False
    return True


def refuse_missing(precision: Precision, device: str) -> None:
    """Raises `SeqbenchError` if the device cannot train in this precision."""
    if precision == "bfloat16" and not trains_in_bfloat16(device):
        raise SeqbenchError(
            f"precision='bfloat16' cannot be trained on this {device}: it has no such products "
            "(a processor needs AVX-512); leave precision out"
        )
