"""Heads: a token's numbers in parts, each with a memory of its own, and the field that says how many."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import Annotated

import torch
from torch import Tensor

from seqbench_plugins.neural._recurrence import RecurrenceTagger

CHUNK = 64
"""Tokens that are compared with one another at once; what stands before them is in the memory."""


def in_heads(numbers: Tensor, heads: int) -> Tensor:
    """(batch, time, width) -> (batch, heads, time, width / heads); what is in half the bits has all of them again."""
    batch, time, width = numbers.shape
    numbers = numbers.float() if numbers.dtype == torch.bfloat16 else numbers
    return numbers.view(batch, time, heads, width // heads).transpose(1, 2)


def from_heads(numbers: Tensor) -> Tensor:
    """(batch, heads, time, size) -> (batch, time, heads * size)."""
    return numbers.transpose(1, 2).flatten(2)


@dataclass(kw_only=True)
class HeadedTagger(RecurrenceTagger, abc.ABC):
    """A tagger whose recurrence has several heads."""

    heads: Annotated[int, "memories of a layer; hidden_dim is divided among them"] = 4

    def __post_init__(self) -> None:
        """See `NeuralTagger`."""
        super().__post_init__()
        self.require_above_zero("heads")
        if self.hidden_dim % self.heads:
            raise ValueError(f"hidden_dim must be a multiple of heads = {self.heads}, was: {self.hidden_dim}")
