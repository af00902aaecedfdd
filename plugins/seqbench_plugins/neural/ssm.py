"""A tagger with a linear, diagonal state space model (S4D, Gu et al. 2022; S5, Smith et al. 2023)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from seqbench_plugins.neural._linear_recurrence import linear_recurrence
from seqbench_plugins.neural._recurrence import Recurrence, RecurrenceTagger, of_any_length

_SHORTEST, _LONGEST = 0.01, 0.5  # steps to begin with


class DiagonalStateSpace(Recurrence):
    """Turns and shrinks complex numbers: `x' = A x + B u`, `y = Re(C x) + D u`, in steps of a learned size.

    Within a step the input stays as it is (zero-order hold): `x = exp(dt A) x + (exp(dt A) - 1) / A * B u`. The state
    has half as many complex numbers as a token has real ones.
    """

    def __init__(self, width: int) -> None:
        super().__init__(width)
        states = max(1, width // 2)
        self.shrink = nn.Parameter(torch.full((states,), math.log(0.5)))
        self.turn = nn.Parameter(math.pi * torch.arange(states, dtype=torch.float32))
        self.log_step = nn.Parameter(torch.empty(states).uniform_(math.log(_SHORTEST), math.log(_LONGEST)))
        self.enter = nn.Linear(width, 2 * states, bias=False)
        self.leave = nn.Linear(2 * states, width, bias=False)
        self.skip = nn.Parameter(torch.ones(width))

    def forward(self, inputs: Tensor, before: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """See `Recurrence`; the state is (batch, width // 2), complex."""
        if torch.onnx.is_in_onnx_export():  # which has no complex numbers, and begins with the first token
            real, imag = self._parts(inputs)
            return self._leaving(real, imag, inputs), real[:, -1]
        matrix = torch.complex(-self.shrink.exp(), self.turn)
        decay = (self.log_step.exp() * matrix).exp()  # (states,)
        entering = self.enter(inputs)
        entering = entering.float() if entering.dtype == torch.bfloat16 else entering
        driven = (decay - 1) / matrix * torch.complex(*entering.chunk(2, 2))
        states = linear_recurrence(decay, driven, before)  # (batch, time, states)
        return self._leaving(states.real, states.imag, inputs), states[:, -1]

    def _leaving(self, real: Tensor, imag: Tensor, inputs: Tensor) -> Tensor:
        outputs: Tensor = self.leave(torch.cat([real, imag], 2)) + self.skip * inputs
        return outputs

    def _parts(self, inputs: Tensor) -> tuple[Tensor, Tensor]:
        """The states as their real and imaginary parts, (batch, time, states) each."""
        step, shrink = self.log_step.exp(), self.shrink.exp()
        size, angle = (-step * shrink).exp(), step * self.turn
        decay = size * angle.cos(), size * angle.sin()
        norm = shrink.square() + self.turn.square()
        held = (
            ((1 - decay[0]) * shrink + decay[1] * self.turn) / norm,
            ((1 - decay[0]) * self.turn - decay[1] * shrink) / norm,
        )  # (exp(dt A) - 1) / A
        real, imag = self.enter(inputs).chunk(2, 2)
        driven = held[0] * real - held[1] * imag, held[0] * imag + held[1] * real
        return of_any_length(_turned)(decay, driven)


def _turned(decay: tuple[Tensor, Tensor], driven: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """Both parts of `x' = decay x + driven` for all tokens."""
    (shrunk, turned), (reals, imags) = decay, driven
    real, imag = torch.zeros_like(reals[:, 0]), torch.zeros_like(imags[:, 0])
    all_real, all_imag = [], []
    for step in range(reals.shape[1]):
        real, imag = (
            shrunk * real - turned * imag + reals[:, step],
            shrunk * imag + turned * real + imags[:, step],
        )
        all_real.append(real)
        all_imag.append(imag)
    return torch.stack(all_real, 1), torch.stack(all_imag, 1)


@dataclass(kw_only=True)
class StateSpaceTagger(RecurrenceTagger):
    """Bidirectional diagonal state space model over words and their parts."""

    def recurrence(self) -> Recurrence:
        """See `RecurrenceTagger`."""
        return DiagonalStateSpace(self.hidden_dim)
