"""A tagger with the gated delta rule (Yang et al. 2024): a pair that is written takes the place of an old one."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._heads import CHUNK, HeadedTagger, from_heads, in_heads
from seqbench_plugins.neural._recurrence import Recurrence, of_any_length

Parts = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
"""Queries, keys, values, logarithms of what is left, and shares that are written: (batch, heads, time, ...)."""


class GatedDelta(Recurrence):
    """`S = a S + b k (v - a k S)`: all fades by `a`, and what the key `k` gives moves to `v` by the share `b`.

    The answer to a query is `q S`; queries and keys have the length 1. What the tokens of a chunk write follows from
    one triangular system of equations.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__(width)
        self.heads = heads
        self.enter, self.gates = nn.Linear(width, 3 * width), nn.Linear(width, 2 * heads)
        with torch.no_grad():
            self.gates.bias[:heads].fill_(4)  # long memories to begin with

    def forward(self, inputs: Tensor, before: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """See `Recurrence`; the state is (batch, heads, size, size)."""
        queries, keys, values = (in_heads(part, self.heads) for part in self.enter(inputs).chunk(3, 2))
        queries, keys = nn.functional.normalize(queries, dim=3), nn.functional.normalize(keys, dim=3)
        gates = in_heads(self.gates(inputs), 2 * self.heads)  # (batch, 2 * heads, time, 1)
        fading, write = nn.functional.logsigmoid(gates[:, : self.heads]), gates[:, self.heads :].sigmoid()
        size = keys.shape[3]
        memory = keys.new_zeros(*keys.shape[:2], size, size) if before is None else before
        parts = queries, keys, values, fading, write
        loop = of_any_length(_token_by_token) if torch.onnx.is_in_onnx_export() else _in_chunks
        outputs, memory = loop(parts, memory)
        return from_heads(outputs), memory


def _in_chunks(parts: Parts, memory: Tensor) -> tuple[Tensor, Tensor]:
    """Answers of all tokens (batch, heads, time, size), and the memory behind them."""
    outputs = []
    for part in zip(*(torch.split(p, CHUNK, 2) for p in parts), strict=True):
        answers, memory = _chunk(part, memory)
        outputs.append(answers)
    return torch.cat(outputs, 2), memory


def _token_by_token(parts: Parts, memory: Tensor) -> tuple[Tensor, Tensor]:
    """Answers and memory as `_in_chunks` gives them, without systems of equations, which ONNX has not."""
    queries, keys, values, fading, write = parts
    outputs = []
    for step in range(queries.shape[2]):
        after = step + 1
        key, value, share = keys[:, :, step:after], values[:, :, step:after], write[:, :, step:after]
        memory = fading[:, :, step:after].exp() * memory
        memory = memory + key.transpose(2, 3) @ (share * (value - key @ memory))
        outputs.append(queries[:, :, step:after] @ memory)
    return torch.cat(outputs, 2), memory


def _chunk(part: tuple[Tensor, ...], memory: Tensor) -> tuple[Tensor, Tensor]:
    """Answers of a chunk (batch, heads, time, size), and the memory behind it.

    A token writes `b (v - a k S)`, where `S` is the memory before the chunk, faded, and all that the tokens before it
    wrote, faded: so many unknowns, each with the ones before it in its equation.
    """
    queries, keys, values, fading, write = part
    faded = fading.cumsum(2)  # logarithms of what is left of the memory before the chunk: (batch, heads, time, 1)
    left = (faded - faded.transpose(2, 3)).tril().exp().tril()  # at a token, of what another before it wrote
    known = write * (values - faded.exp() * (keys @ memory))
    system = (write * left * (keys @ keys.transpose(2, 3))).tril(-1)
    written = torch.linalg.solve_triangular(system, known, upper=False, unitriangular=True)
    answers = faded.exp() * (queries @ memory) + (left * (queries @ keys.transpose(2, 3))) @ written
    last = faded[:, :, -1:]
    return answers, last.exp() * memory + (keys * (last - faded).exp()).transpose(2, 3) @ written


@dataclass(kw_only=True)
class GatedDeltaTagger(HeadedTagger):
    """The gated delta rule from both ends over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return GatedDelta(self.hidden_dim, self.heads)
