"""A tagger whose gates see the token alone and no state: the minimal long short-term memory (Feng et al. 2024)."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from seqbench_plugins.neural._linear_recurrence import linear_recurrence
from seqbench_plugins.neural._recurrence import Recurrence, RecurrenceTagger


class MinimalLSTM(Recurrence):
    """Weighs state and candidate by two gates that sum to one: `h = (f h + i (W x)) / (f + i)`."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.gates = nn.Linear(width, 3 * width)

    def forward(self, inputs: Tensor, before: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """See `Recurrence`; the state is (batch, width)."""
        keep, enter, candidate = self.gates(inputs).chunk(3, 2)
        keep, enter = keep.sigmoid(), enter.sigmoid()
        states = linear_recurrence(keep / (keep + enter), enter / (keep + enter) * candidate, before)
        return states, states[:, -1]


@dataclass(kw_only=True)
class MinimalLSTMTagger(RecurrenceTagger):
    """Bidirectional minimal long short-term memory (Feng et al. 2024) over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return MinimalLSTM(self.hidden_dim)
