"""Recurrent layers on a CPU without gradients: no padding, and what a form gives the gates is computed once.

Tokens stand packed: the first ones of all sentences, then the second ones, and so on, longer sentences first, so that
each step takes the next rows. Most of an LSTM's work on words is the product of a token's features with the weights of
the gates; a text has several times as many tokens as distinct forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

State = tuple[Tensor, Tensor]
"""Hidden state and memory, (sentences, hidden) each; cells without a memory repeat the hidden state."""

Step = Callable[[nn.RNNBase, Tensor, State, Tensor], State]
"""A cell, what the inputs give the gates (changed in place), the state before, a tensor for the new hidden state."""


@dataclass(frozen=True)
class Packing:
    """Where the tokens of a batch go.

    `sizes`: how many sentences have a token at each step. Of each packed token, `places` (tokens,) is its place in the
    batch, `sentence * time + step`, and `mirror` (tokens,) the packed token that is as far from the other end.
    """

    sizes: list[int]
    places: Tensor
    mirror: Tensor

    @classmethod
    def of(cls, lengths: Tensor, time: int) -> Packing:
        """Lengths (batch,) of sentences in a batch (batch, time)."""
        order = lengths.argsort(descending=True, stable=True)
        ordered = lengths[order]
        step = torch.arange(time, device=lengths.device).unsqueeze(1)
        inside = step < ordered  # (time, batch)
        sizes = inside.sum(1)
        begins = sizes.cumsum(0) - sizes
        mirror = begins[(ordered - 1 - step).clamp(min=0)] + torch.arange(len(order), device=lengths.device)
        return cls(sizes.tolist(), (order * time + step)[inside], mirror[inside])


def hidden_states(cell: nn.RNNBase, rows: Tensor, index: Tensor, sizes: list[int]) -> Tensor:
    """The states (tokens, hidden) of a layer that reads `rows[index]`: distinct inputs (n, width), (tokens,)."""
    weight, bias, other = map(cell.get_parameter, ("weight_ih_l0", "bias_ih_l0", "bias_hh_l0"))
    together = bias if isinstance(cell, nn.GRU) else bias + other  # a GRU multiplies a part of the other
    gates = nn.functional.embedding(index, nn.functional.linear(rows, weight, together))
    states = gates.new_empty(len(index), cell.hidden_size)
    state = (gates.new_zeros(sizes[0], cell.hidden_size),) * 2
    for size, part, out in zip(sizes, torch.split(gates, sizes), torch.split(states, sizes), strict=True):
        state = _STEPS[type(cell)](cell, part, (state[0][:size], state[1][:size]), out)
    return states


def _rnn(cell: nn.RNNBase, gates: Tensor, state: State, out: Tensor) -> State:
    hidden = torch.tanh(gates.addmm_(state[0], cell.get_parameter("weight_hh_l0").t()), out=out)
    return hidden, hidden


def _gru(cell: nn.RNNBase, gates: Tensor, state: State, out: Tensor) -> State:
    before, (weight, bias) = state[0], map(cell.get_parameter, ("weight_hh_l0", "bias_hh_l0"))
    reset, update, new = gates.chunk(3, 1)
    old_reset, old_update, old = nn.functional.linear(before, weight, bias).chunk(3, 1)
    new.addcmul_(reset.add_(old_reset).sigmoid_(), old).tanh_()
    hidden = torch.lerp(new, before, update.add_(old_update).sigmoid_(), out=out)
    return hidden, hidden


def _lstm(cell: nn.RNNBase, gates: Tensor, state: State, out: Tensor) -> State:
    enter, keep, new, leave = gates.addmm_(state[0], cell.get_parameter("weight_hh_l0").t()).chunk(4, 1)
    memory = keep.sigmoid_().mul_(state[1]).addcmul_(enter.sigmoid_(), new.tanh_())
    return torch.mul(leave.sigmoid_(), memory.tanh(), out=out), memory


_STEPS: dict[type[nn.RNNBase], Step] = {nn.RNN: _rnn, nn.GRU: _gru, nn.LSTM: _lstm}
