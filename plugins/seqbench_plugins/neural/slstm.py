"""A tagger with the scalar memory of xLSTM (Beck et al. 2024): exponential gates that see the state before."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._heads import HeadedTagger, from_heads, in_heads
from seqbench_plugins.neural._recurrence import Recurrence, of_any_length

Memory = tuple[Tensor, Tensor, Tensor, Tensor]
"""Output, cell, sum of gates and the logarithm of their factor, (batch, heads, size) each."""


class ScalarLSTM(Recurrence):
    """`c = f c + i z`, `n = f n + i`, `h = o c / n`, with `i = exp`; gates and `z` see the token and `h` of their head.

    Cell and sum are kept without their largest factor, which is known by its logarithm, so that none overflows.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__(width)
        self.heads, size = heads, width // heads
        self.enter = nn.Linear(width, 4 * width)
        self.again = nn.Parameter(torch.empty(heads, size, 4 * size).uniform_(-1, 1) / math.sqrt(size))
        with torch.no_grad():
            self.enter.bias.view(heads, 4, size)[:, 1].add_(3)  # long memories to begin with

    def forward(self, inputs: Tensor, before: Memory | None = None) -> tuple[Tensor, Memory]:
        """See `Recurrence`."""
        entering = in_heads(self.enter(inputs), self.heads)  # (batch, heads, time, 4 * size)
        nothing = entering.new_zeros(*entering.shape[:2], self.width // self.heads)
        memory = before or (nothing, nothing, nothing, torch.full_like(nothing, -math.inf))
        again = self.again.to(nothing.dtype)
        if torch.onnx.is_in_onnx_export():
            outputs, memory = of_any_length(_token_by_token)(entering, again, memory)
        else:
            outputs, memory = _stepped(list(entering.unbind(2)), again, memory)
        return from_heads(outputs), memory


def _token_by_token(entering: Tensor, again: Tensor, memory: Memory) -> tuple[Tensor, Memory]:
    """Outputs and memory as `_stepped` gives them; ONNX has `unbind` for a known number of tokens alone."""
    return _stepped([entering[:, :, step] for step in range(entering.shape[2])], again, memory)


def _stepped(tokens: list[Tensor], again: Tensor, memory: Memory) -> tuple[Tensor, Memory]:
    """The outputs (batch, heads, time, size), and the memory behind the last token."""
    outputs = []
    for token in tokens:
        memory = _step(token, again, memory)
        outputs.append(memory[0])
    return torch.stack(outputs, 2), memory


def _step(token: Tensor, again: Tensor, memory: Memory) -> Memory:
    """The memory behind a token (batch, heads, 4 * size)."""
    output, cell, total, factor = memory
    seen = token + torch.einsum("bhi,hij->bhj", output, again)
    enter, forget, leave, new = seen.chunk(4, 2)
    kept = nn.functional.logsigmoid(forget) + factor
    factor = torch.maximum(kept, enter).detach()  # no output hangs on it
    entered, kept = (enter - factor).exp(), (kept - factor).exp()
    cell, total = kept * cell + entered * new.tanh(), kept * total + entered
    return leave.sigmoid() * cell / total, cell, total, factor


@dataclass(kw_only=True)
class ScalarLSTMTagger(HeadedTagger):
    """Scalar memories (sLSTM) from both ends over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return ScalarLSTM(self.hidden_dim, self.heads)
