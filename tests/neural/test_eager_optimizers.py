"""Optimizers without the compiler: torch's own numbers, and no import of it."""

import sys

import pytest
import torch
from torch import nn

from seqbench.neural import eager_optimizers

KINDS = [("Adam", {"fused": True}), ("AdamW", {"fused": True, "weight_decay": 0.1}), ("SGD", {"weight_decay": 0.1})]


def weights_after_steps(kind, fields):
    network = nn.Linear(3, 2)
    for weight in network.parameters():
        nn.init.constant_(weight, 0.5)
    optimizer = kind([{"params": [network.weight]}, {"params": [network.bias], "lr": 0.3}], lr=0.1, **fields)
    for number in range(4):
        optimizer.zero_grad()
        network(torch.full((5, 3), number + 1.0)).square().mean().backward()
        optimizer.step()
    return [weight.detach().clone() for weight in network.parameters()]


@pytest.mark.parametrize(("name", "fields"), KINDS)
def test_steps_are_those_of_torch_to_the_last_bit_and_import_no_compiler(name, fields, monkeypatch):
    expected = weights_after_steps(getattr(torch.optim, name), fields)
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # an import of it raises now
    weights = weights_after_steps(getattr(eager_optimizers, name), fields)
    assert all(torch.equal(*pair) for pair in zip(weights, expected, strict=True))
    with pytest.raises(ImportError):
        weights_after_steps(getattr(torch.optim, name), fields)
