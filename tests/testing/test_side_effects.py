"""Promises about surroundings, each with a fault that it alone catches."""

from dataclasses import dataclass

import faults
import pytest
import torch

from seqbench.testing import broken_promises
from seqbench.testing.side_effects import SURROUNDINGS


@pytest.mark.parametrize(("promise", "fault"), faults.of(SURROUNDINGS))
def test_a_fault_of_a_tagger_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault)] == [promise]


@pytest.mark.parametrize(
    ("fault", "example"),
    [
        (faults.ChangesItsHyperparameter, "built again from ChangesItsHyperparameter(length=4), its length is 5"),
        (faults.ChoosesItsDevice, "asked to compute on 'cpu', it keeps weights.out[0] on 'meta'"),
    ],
)
def test_a_failure_tells_the_smallest_example(fault, example):
    [(_, seen)] = broken_promises(fault)
    assert seen.startswith(example)


@dataclass(frozen=True)
class Fitted:
    tags: list
    layer: torch.nn.Module


class KeepsItsLayerInOneValue(faults.First):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        self._fitted = Fitted(self.tags, torch.nn.Linear(2, 2, device="meta"))


@dataclass
class IsMadeOfOthers(faults.First):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        self._fitted = Fitted([Member(torch.zeros(1, device="meta"))], torch.nn.Identity())


class Member:
    def __init__(self, weights):
        self.weights = weights


@pytest.mark.parametrize(
    ("kind", "path"),
    [(KeepsItsLayerInOneValue, "_fitted.layer.weight"), (IsMadeOfOthers, "_fitted.tags[0].weights")],
)
def test_tensors_are_found_in_values_and_in_members(kind, path):
    [(promise, seen)] = broken_promises(kind)
    assert promise.name == "device-honoured"
    assert seen == f"asked to compute on 'cpu', it keeps {path} on 'meta'"
