"""Dropout: the share that is left out, the scale of the rest, and the seed."""

import pytest
import torch

from seqbench.neural import Dropout


def dropped(share, seed=1):
    torch.manual_seed(seed)
    return Dropout(share).train()(torch.ones(400, 500))


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_about_that_share_is_left_out_and_the_mean_stays(share):
    numbers = dropped(share)
    assert (numbers == 0).float().mean().item() == pytest.approx(share, abs=0.01)
    assert numbers.mean().item() == pytest.approx(1, abs=0.02)
    assert len(numbers.unique()) == 2


def test_the_seed_decides_what_is_left_out():
    assert torch.equal(dropped(0.5), dropped(0.5))
    assert not torch.equal(dropped(0.5), dropped(0.5, seed=2))


def test_nothing_is_left_out_in_tagging_or_with_a_share_of_0():
    numbers = torch.randn(50, 50)
    assert torch.equal(Dropout(0.5).eval()(numbers), numbers)
    assert torch.equal(Dropout(0.0).train()(numbers), numbers)
