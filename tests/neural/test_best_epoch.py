"""The best epoch by its score, and what follows where no better one comes."""

import pytest
import torch
from torch import nn

from seqbench.neural import Plateau
from seqbench.neural.best_epoch import BestEpoch


def test_the_weights_of_the_best_epoch_come_back():
    network = nn.Linear(1, 1)
    best = BestEpoch(network)
    for epoch, score in enumerate([0.1, 0.8, 0.8, 0.3], start=1):
        nn.init.constant_(network.weight, epoch)
        best.compare(score)
    assert best.epochs_since == 2
    best.restore()
    assert network.weight.item() == 2


def test_without_a_score_weights_stay():
    network = nn.Linear(1, 1)
    before = network.weight.item()
    BestEpoch(network).restore()
    assert network.weight.item() == before
    assert torch.is_tensor(network.weight)


def test_patience_and_annealing_count_epochs_without_a_better_score():
    plateau = Plateau(patience=3, anneal_factor=0.5, anneal_patience=2)
    assert [plateau.ends(epochs) for epochs in range(5)] == [False, False, False, True, True]
    assert [plateau.factor(epochs) for epochs in range(5)] == [1, 1, 0.5, 1, 0.5]


def test_a_plateau_without_fields_changes_nothing():
    assert not any(Plateau().ends(epochs) for epochs in range(99))
    assert {Plateau().factor(epochs) for epochs in range(99)} == {1.0}
    assert Plateau().notes_without_dev() == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"patience": -1}, "patience must be 0 or more, was: -1"),
        ({"anneal_factor": 0.0}, "anneal_factor must be above 0 and at most 1, was: 0.0"),
        ({"anneal_factor": 1.5}, "anneal_factor must be above 0 and at most 1, was: 1.5"),
        ({"anneal_patience": 0}, "anneal_patience must be 1 or more, was: 0"),
    ],
)
def test_what_cannot_be_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        Plateau(**fields)
