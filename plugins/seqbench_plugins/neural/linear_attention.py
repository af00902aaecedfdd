"""A tagger with linear attention (Katharopoulos et al. 2020): a memory of pairs that only ever grows."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._heads import CHUNK, HeadedTagger, from_heads, in_heads
from seqbench_plugins.neural._recurrence import Recurrence, of_any_length


class LinearAttention(Recurrence):
    """Adds each key with its value to a memory: `S += k v`, `n += k`; the answer to a query is `q S / (q n)`.

    Queries and keys are above zero: `elu(x) + 1`. The tokens of a chunk are compared in one product of matrices.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__(width)
        self.heads = heads
        self.enter = nn.Linear(width, 3 * width)

    def forward(self, inputs: Tensor, before: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """See `Recurrence`; the state is (batch, heads, size, size + 1), its last column the sum of the keys."""
        queries, keys, values = (in_heads(part, self.heads) for part in self.enter(inputs).chunk(3, 2))
        queries, keys = nn.functional.elu(queries) + 1, nn.functional.elu(keys) + 1
        values = torch.cat([values, torch.ones_like(values[..., :1])], 3)
        memory = keys.new_zeros(*keys.shape[:2], keys.shape[3], values.shape[3]) if before is None else before
        sums, memory = of_any_length(_summed)(queries, keys, values, memory, CHUNK)
        return from_heads(sums[..., :-1] / sums[..., -1:]), memory


def _summed(queries: Tensor, keys: Tensor, values: Tensor, memory: Tensor, chunk: int) -> tuple[Tensor, Tensor]:
    """Sums of values for each query, with the sum of their weights as last column, and the memory behind the tokens."""
    outputs = []
    for start in range(0, queries.shape[2], chunk):
        end = start + chunk
        q, k, v = queries[:, :, start:end], keys[:, :, start:end], values[:, :, start:end]
        outputs.append((q @ k.transpose(2, 3)).tril() @ v + q @ memory)
        memory = memory + k.transpose(2, 3) @ v
    return torch.cat(outputs, 2), memory


@dataclass(kw_only=True)
class LinearAttentionTagger(HeadedTagger):
    """Linear attention from both ends over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return LinearAttention(self.hidden_dim, self.heads)
