"""A tagger with a state space model whose steps, inputs and outputs are chosen by each token (Gu and Dao 2023)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._linear_recurrence import linear_recurrence
from seqbench_plugins.neural._recurrence import Recurrence, RecurrenceTagger

_SHORTEST, _LONGEST = 0.001, 0.1  # steps to begin with


class SelectiveStateSpace(Recurrence):
    """Convolves a few tokens, then `h = exp(dt A) h + dt B x`, `y = C h + D x`, times a gate.

    dt (channels), B and C (states) are affine maps of the token; A is negative, real and diagonal for each channel.
    """

    def __init__(self, width: int, states: int, reach: int) -> None:
        super().__init__(width)
        self.states, self.reach = states, reach
        self.enter = nn.Linear(width, 2 * width)
        self.convolution = nn.Conv1d(width, width, reach, groups=width)
        self.choices = nn.Linear(width, 2 * states, bias=False)
        self.step = nn.Linear(width, width)
        self.log_matrix = nn.Parameter(torch.arange(1, states + 1, dtype=torch.float32).log().repeat(width, 1))
        self.skip, self.leave = nn.Parameter(torch.ones(width)), nn.Linear(width, width)
        with torch.no_grad():
            first = torch.empty(width).uniform_(math.log(_SHORTEST), math.log(_LONGEST)).exp()
            self.step.bias.copy_(first.expm1().log())  # what softplus gives back

    def forward(
        self, inputs: Tensor, before: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """See `Recurrence`; the state is the last inputs of the convolution, and (batch, width, states)."""
        new, gate = self.enter(inputs).chunk(2, 2)
        earlier, memory = before or (new.new_zeros(new.shape[0], self.reach - 1, self.width), None)
        window = torch.cat([earlier, new], 1)  # (batch, reach - 1 + time, width)
        mixed = nn.functional.silu(self.convolution(window.transpose(1, 2)).transpose(1, 2))
        held = self._states(mixed, memory)  # (batch, time, width, states)
        reading = self.choices(mixed)[..., self.states :].unsqueeze(3)  # (batch, time, states, 1)
        outputs = (held @ reading.to(held.dtype)).squeeze(3) + self.skip * mixed
        return self.leave(outputs * nn.functional.silu(gate)), (
            window[:, window.shape[1] - self.reach + 1 :],
            held[:, -1],
        )

    def _states(self, mixed: Tensor, memory: Tensor | None) -> Tensor:
        step = nn.functional.softplus(self.step(mixed)).unsqueeze(3)  # (batch, time, width, 1)
        writing = self.choices(mixed)[..., : self.states].unsqueeze(2)  # (batch, time, 1, states)
        decay = torch.exp(-step * self.log_matrix.exp())
        return linear_recurrence(decay, step * writing * mixed.unsqueeze(3), memory)


@dataclass(kw_only=True)
class MambaTagger(RecurrenceTagger):
    """Bidirectional selective state space model over words and their parts."""

    state_dim: Annotated[int, "numbers that each channel holds"] = 8
    reach: Annotated[int, "tokens of the convolution, the one that is read and those before it"] = 4

    def __post_init__(self) -> None:
        """See `NeuralTagger`."""
        super().__post_init__()
        self.require_above_zero("state_dim", "reach")

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return SelectiveStateSpace(self.hidden_dim, self.state_dim, self.reach)
