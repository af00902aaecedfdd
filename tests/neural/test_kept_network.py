"""Networks on disk: the same weights come back, and others are refused."""

import numpy as np
import pytest
import torch
from torch import nn

from seqbench import StoreError
from seqbench.neural import give_weights, weights_of


def test_weights_come_back():
    first, second = nn.Linear(2, 3), nn.Linear(2, 3)
    give_weights(second, weights_of(first))
    assert torch.equal(first.weight, second.weight)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({}, "'bias' is on one side only"),
        ({"bias": np.zeros(3, np.float32), "weight": np.zeros((3, 3), np.float32)}, r"'weight' are \(3, 3\)"),
        ({"bias": np.zeros(3), "weight": np.zeros((3, 2), np.float32)}, "'bias' are .* of float64"),
        ({"bias": np.full(3, np.nan, np.float32), "weight": np.zeros((3, 2), np.float32)}, "no finite number"),
    ],
)
def test_weights_of_another_network_are_refused(weights, message):
    with pytest.raises(StoreError, match=message):
        give_weights(nn.Linear(2, 3), weights)
