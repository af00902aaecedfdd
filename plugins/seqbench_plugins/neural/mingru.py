"""A tagger whose gates see the token alone and no state: the minimal gated recurrent unit (Feng et al. 2024)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._linear_recurrence import linear_recurrence
from seqbench_plugins.neural._recurrence import Recurrence, RecurrenceTagger


class MinimalGRU(Recurrence):
    """Moves the state towards a candidate, by a gate: `h = (1 - z) h + z (W x)`, `z = sigmoid(V x)`."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.gates = nn.Linear(width, 2 * width)

    def forward(self, inputs: Tensor, before: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """See `Recurrence`; the state is (batch, width)."""
        gate, candidate = self.gates(inputs).chunk(2, 2)
        states = linear_recurrence(torch.sigmoid(-gate), torch.sigmoid(gate) * candidate, before)
        return states, states[:, -1]


@dataclass(kw_only=True)
class MinimalGRUTagger(RecurrenceTagger):
    """Bidirectional minimal gated recurrent units (Feng et al. 2024) over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return MinimalGRU(self.hidden_dim)
