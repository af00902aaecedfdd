"""A request made into a search: dev stands in the place of test; what cannot be is refused before a folder is made."""

import sys

import pytest

from seqbench import UsageError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.results.request_records import Effort
from seqbench.running.request import RunRequest
from seqbench.running.tuning_request import Search, tuning_of

EFFORT = Effort(trials=1, sampler="random", seed=0)


def never():
    pytest.fail("a folder was made")


def test_dev_is_searched_on_and_ranges_are_those_that_no_spec_sets():
    request = RunRequest(data=["grammar"], models=["baseline", "perceptron(epochs=1)"])
    tuning = tuning_of(request, Registry.discover(), Search(effort=EFFORT), lambda: None, [].append)
    dev = load("grammar", Registry.discover()).dev
    assert tuning.plan.datasets[0].test.sentences.ids.tolist() == dev.sentences.ids.tolist()
    assert [sorted(one.fixed) for one in tuning.candidates] == [[], ["epochs"]]
    assert not set(tuning.candidates[1].ranges) & {"epochs"}


def test_what_cannot_be_searched_is_refused(monkeypatch):
    request = RunRequest(data=["tutorial", "grammar"], models=["baseline"])
    with pytest.raises(UsageError, match="one dataset at a time"):
        tuning_of(request, Registry.discover(), Search(effort=EFFORT), never, [].append)
    monkeypatch.setitem(sys.modules, "seqbench.running.tuning", None)
    with pytest.raises(UsageError, match=r"tuning needs Optuna: pip install 'seqbench\[tune\]'"):
        tuning_of(request, Registry.discover(), Search(effort=EFFORT), never, [].append)
