"""One LSTM layer by itself: fed word by word, then with the whole sequence, and the same states come out."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

_LENGTH, _SIZE = 5, 3


def demonstration(seed: int) -> Sequence[str]:
    """The state after each of five random inputs, then all outputs at once, and whether they are equal."""
    torch.manual_seed(seed)
    layer = nn.LSTM(_SIZE, _SIZE)
    inputs = torch.randn(_LENGTH, 1, _SIZE)
    start = torch.randn(1, 1, _SIZE), torch.randn(1, 1, _SIZE)
    lines, state, outputs = [f"one LSTM layer, {_LENGTH} inputs of {_SIZE} numbers, one after the other:"], start, []
    with torch.inference_mode():
        for number, row in enumerate(inputs, start=1):
            output, state = layer(row.view(1, 1, -1), state)
            outputs.append(output)
            lines.append(f"  after input {number}: hidden state {_numbers(state[0])}  cell state {_numbers(state[1])}")
        whole, last = layer(inputs, start)
    lines.append("the whole sequence at once:")
    lines += [f"  output {number}: {_numbers(output)}" for number, output in enumerate(whole, start=1)]
    lines.append(f"  last hidden state {_numbers(last[0])}  cell state {_numbers(last[1])}")
    equal = torch.allclose(torch.cat(outputs), whole, atol=1e-6) and torch.allclose(state[1], last[1], atol=1e-6)
    return [*lines, "the states are the same" if equal else "the states differ"]


def _numbers(values: Tensor) -> str:
    return "[" + " ".join(f"{value:7.4f}" for value in values.flatten().tolist()) + "]"
