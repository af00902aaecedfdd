"""The precisions that a device can train in: not every processor has matrix products in half the bits."""

from __future__ import annotations

from typing import Literal

import torch

from seqbench.errors import SeqbenchError

Precision = Literal["float32", "bfloat16"]


def trains_in_bfloat16(device: str) -> bool:
    """Whether matrix products and recurrent layers can be trained there with bfloat16 products."""
    if device == "cpu":  # oneDNN has them for processors with AVX-512
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001 -- there is no public question
    if not device.startswith("cuda"):
        return True
    with torch.cuda.device(device):
        return bool(torch.cuda.is_bf16_supported())


def refuse_missing(precision: Precision, device: str) -> None:
    """Raises `SeqbenchError` if the device cannot train in this precision."""
    if precision == "bfloat16" and not trains_in_bfloat16(device):
        raise SeqbenchError(
            f"precision='bfloat16' cannot be trained on this {device}: it has no such products "
            "(a processor needs AVX-512); leave precision out"
        )
