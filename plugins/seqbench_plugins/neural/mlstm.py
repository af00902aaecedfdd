"""A tagger with the matrix memory of xLSTM (Beck et al. 2024): pairs are added by a gate and forgotten by another."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._heads import CHUNK, HeadedTagger, from_heads, in_heads
from seqbench_plugins.neural._recurrence import Recurrence, of_any_length

Parts = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
Memory = tuple[Tensor, Tensor]
"""Pairs of key and value with the sum of keys as last column (batch, heads, size, size + 1), and the logarithm of
the factor that the memory has to be multiplied by (batch, heads, 1)."""


class MatrixLSTM(Recurrence):
    """`C = f C + i k v`, `n = f n + i k`; the answer is `o * (q C) / max(|q n|, 1)`, with `f` a sigmoid and `i = exp`.

    Sums are kept without their largest factor, which is known by its logarithm, so that none overflows. The tokens of
    a chunk are compared in one product of matrices.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__(width)
        self.heads = heads
        self.enter, self.gates = nn.Linear(width, 4 * width), nn.Linear(width, 2 * heads)
        with torch.no_grad():
            self.gates.bias[:heads].copy_(torch.linspace(3, 6, heads))  # long memories to begin with

    def forward(self, inputs: Tensor, before: Memory | None = None) -> tuple[Tensor, Memory]:
        """See `Recurrence`."""
        queries, keys, values, leave = self.enter(inputs).chunk(4, 2)
        queries, keys, values = (in_heads(part, self.heads) for part in (queries, keys, values))
        keys, values = keys / math.sqrt(keys.shape[3]), torch.cat([values, torch.ones_like(values[..., :1])], 3)
        forget, enter = (in_heads(part, self.heads).squeeze(3) for part in self.gates(inputs).chunk(2, 2))
        memory = before or (keys.new_zeros(*keys.shape[:2], keys.shape[3], values.shape[3]), keys.new_zeros(1, 1, 1))
        parts = queries, keys, values, nn.functional.logsigmoid(forget), enter
        outputs, memory = of_any_length(_in_chunks)(parts, memory, CHUNK)
        return leave.sigmoid() * from_heads(outputs), memory


def _in_chunks(parts: Parts, memory: Memory, size: int) -> tuple[Tensor, Memory]:
    """The answers to tokens (batch, heads, time, size) in chunks of a size, and the memory behind them."""
    queries, keys, values, forget, enter = parts
    outputs = []
    for start in range(0, queries.shape[2], size):
        end = start + size
        q, k, v = queries[:, :, start:end], keys[:, :, start:end], values[:, :, start:end]
        output, memory = _remembered((q, k, v, forget[:, :, start:end], enter[:, :, start:end]), memory)
        outputs.append(output)
    return torch.cat(outputs, 2), memory


def _remembered(chunk: Parts, memory: Memory) -> tuple[Tensor, Memory]:
    """The answers to a chunk (batch, heads, chunk, size), and the memory behind it.

    The chunk has queries, keys, values with ones behind them, and the logarithms of both gates (batch, heads, chunk).
    """
    queries, keys, values, forget, enter = chunk
    held, factor = memory
    kept = forget.cumsum(2)  # (batch, heads, chunk): what is left of the memory
    future = torch.ones(kept.shape[2], kept.shape[2], dtype=torch.bool, device=kept.device).triu(1)
    pairs = (kept.unsqueeze(3) - kept.unsqueeze(2) + enter.unsqueeze(2)).masked_fill(future, -math.inf)
    old = kept + factor  # (batch, heads, chunk)
    largest = torch.maximum(pairs.amax(3), old).detach()  # no answer hangs on it
    weights = (queries @ keys.transpose(2, 3)) * (pairs - largest.unsqueeze(3)).exp()
    sums = weights @ values + (old - largest).exp().unsqueeze(3) * (queries @ held)
    answers = sums[..., :-1] / torch.maximum(sums[..., -1:].abs(), (-largest).exp().unsqueeze(3))
    last = largest[..., -1:]
    shares = (kept[..., -1:] - kept + enter - last).exp().unsqueeze(3)
    held = (old[..., -1:] - last).exp().unsqueeze(3) * held + (keys * shares).transpose(2, 3) @ values
    return answers, (held, last)


@dataclass(kw_only=True)
class MatrixLSTMTagger(HeadedTagger):
    """Matrix memories (mLSTM) from both ends over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return MatrixLSTM(self.hidden_dim, self.heads)
