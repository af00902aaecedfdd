"""A tagger with the gated delta rule (Yang et al. 2024): a pair that is written takes the place of an old one."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._heads import HeadedTagger, from_heads, in_heads
from seqbench_plugins.neural._recurrence import Recurrence


class GatedDelta(Recurrence):
    """`S = a S + b k (v - a k S)`: all fades by `a`, and what the key `k` gives moves to `v` by the share `b`.

    The answer to a query is `q S`; queries and keys have the length 1.
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
        keep, write = in_heads(self.gates(inputs).sigmoid(), 2 * self.heads).chunk(2, 1)  # (batch, heads, time, 1)
        written = keys * write
        size = keys.shape[3]
        memory = keys.new_zeros(*keys.shape[:2], size, size) if before is None else before
        outputs = []
        for q, k, w, v, a in zip(*(part.unbind(2) for part in (queries, keys, written, values, keep)), strict=True):
            faded = a.unsqueeze(3) * memory
            change = v.unsqueeze(2) - k.unsqueeze(2) @ faded  # (batch, heads, 1, size)
            memory = faded + w.unsqueeze(3) * change
            outputs.append(q.unsqueeze(2) @ memory)
        return from_heads(torch.cat(outputs, 2)), memory


@dataclass(kw_only=True)
class GatedDeltaTagger(HeadedTagger):
    """The gated delta rule from both ends over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return GatedDelta(self.hidden_dim, self.heads)
