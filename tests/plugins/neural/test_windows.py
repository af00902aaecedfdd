"""The neighbours of each token."""

import torch

from seqbench_plugins.neural._windows import neighbours

STATES = torch.arange(1.0, 6).view(1, 5, 1)  # (batch, time, width): 1, 2, 3, 4, 5
MASK = torch.tensor([[True, True, True, True, False]])


def test_nothing_stands_outside_the_sentence():
    assert neighbours(STATES, MASK, 1)[0].tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 0], [4, 0, 0]]


def test_a_step_skips_tokens_in_between():
    assert neighbours(STATES, MASK, 1, step=2)[0, :4].tolist() == [[0, 1, 3], [0, 2, 4], [1, 3, 0], [2, 4, 0]]


def test_without_reach_each_token_stands_alone():
    assert neighbours(STATES, MASK, 0)[0].tolist() == [[1], [2], [3], [4], [0]]
