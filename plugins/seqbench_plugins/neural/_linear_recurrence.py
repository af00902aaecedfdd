"""States that follow from those before by a product and a sum, number by number: `state = decay * state + inputs`.

A loop over the steps of all sentences at once, without a graph: its gradient is the same loop from the end. What is not
part of the recurrence, the products with matrices, is done for all tokens before or after.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def linear_recurrence(decay: Tensor, inputs: Tensor, before: Tensor | None = None) -> Tensor:
    """States of all steps: decay and inputs (batch, time, ...), the state before (batch, ...) -> (batch, time, ...).

    Real or complex numbers; those in bfloat16 are computed in float32.
    """
    if torch.bfloat16 in (inputs.dtype, decay.dtype):
        decay, inputs = decay.float(), inputs.float()
    if before is None:
        before = torch.zeros_like(inputs[:, 0])
    if torch.onnx.is_in_onnx_export():  # as a loop of any length, not as so many steps
        looped: Tensor = torch.jit.script(_looped)(decay.expand_as(inputs), inputs, before)
        return looped
    states: Tensor = _LinearRecurrence.apply(decay.expand_as(inputs), inputs, before)  # type: ignore[no-untyped-call]
    return states


def _looped(decay: Tensor, inputs: Tensor, before: Tensor) -> Tensor:
    states = []
    state = before
    for step in range(inputs.shape[1]):
        state = torch.addcmul(inputs[:, step], decay[:, step], state)
        states.append(state)
    return torch.stack(states, 1)


class _LinearRecurrence(torch.autograd.Function):
    @staticmethod
    def forward(context: Any, decay: Tensor, inputs: Tensor, before: Tensor) -> Tensor:
        states = torch.empty_like(inputs)
        state = before
        for step in range(inputs.shape[1]):
            state = torch.addcmul(inputs[:, step], decay[:, step], state)
            states[:, step] = state
        context.save_for_backward(decay, states, before)
        return states

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        decay, states, before = context.saved_tensors
        (of_states,) = gradients
        of_inputs = torch.empty_like(of_states)
        later = torch.zeros_like(before)
        for step in reversed(range(states.shape[1])):
            later = later + of_states[:, step]
            of_inputs[:, step] = later
            later = later * decay[:, step].conj()
        earlier = torch.cat([before.unsqueeze(1), states[:, :-1]], 1)
        return of_inputs * earlier.conj(), of_inputs, later
