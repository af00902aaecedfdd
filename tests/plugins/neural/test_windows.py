"""The neighbours of each token."""

import pytest
import torch

from seqbench_plugins.neural._windows import affine_by_forms, neighbours

STATES = torch.arange(1.0, 6).view(1, 5, 1)  # (batch, time, width): 1, 2, 3, 4, 5
MASK = torch.tensor([[True, True, True, True, False]])


def test_nothing_stands_outside_the_sentence():
    assert neighbours(STATES, MASK, 1)[0].tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 0], [4, 0, 0]]


def test_a_step_skips_tokens_in_between():
    assert neighbours(STATES, MASK, 1, step=2)[0, :4].tolist() == [[0, 1, 3], [0, 2, 4], [1, 3, 0], [2, 4, 0]]


def test_without_reach_each_token_stands_alone():
    assert neighbours(STATES, MASK, 0)[0].tolist() == [[1], [2], [3], [4], [0]]


@pytest.mark.parametrize("reach", [0, 1, 3])
def test_an_affine_map_by_forms_is_that_of_the_neighbours(reach):
    torch.manual_seed(reach)
    rows, index, lengths = torch.randn(7, 4), torch.randint(0, 7, (3, 5)), torch.tensor([5, 1, 3])
    mask = torch.arange(5) < lengths.unsqueeze(1)
    layer = torch.nn.Linear((2 * reach + 1) * 4, 6)
    expected = layer(neighbours(rows[index], mask, reach))
    states = affine_by_forms(layer, rows, index, mask)
    assert torch.allclose(states[mask], expected[mask], atol=1e-6)
