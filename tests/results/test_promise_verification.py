"""What records promise beyond scores; `test_verification` forges a run in each of these ways."""

import numpy as np
import pytest
from samples import dataset
from stored_trials import manifest

from seqbench.results.promise_verification import impossible_certainty, unkept_promises
from seqbench.results.records import DatasetSummary, EarlierRequest, ModelSummary, WantedTrial
from seqbench.scoring.reference import Reference

REFERENCE = Reference.of(dataset())


def run(*seeds, **further):
    """A run of one model with these seeds."""
    trials = tuple(WantedTrial(dataset="f", label="a", seed=seed, key="0123456789ab") for seed in seeds)
    data, models = (DatasetSummary(name="d", fingerprint="f"),), (ModelSummary(label="a", spec="a"),)
    return manifest(datasets=data, models=models, trials=trials, **{"plan": {"seeds": 2}, **further})


def test_the_seeds_and_models_of_the_plan_must_be_there():
    assert list(unkept_promises(run(0, 1))) == []
    assert list(unkept_promises(run(0))) == ["run.json names other seeds of a on d than were asked for"]
    (lacking,) = unkept_promises(run(0, 1, plan={"seeds": 2, "models": ["a", "b=a"]}))
    assert lacking == "run.json lacks model 'b', which its plan asks for"


@pytest.mark.parametrize("plan", [{"models": 3}, {"models": [3]}, {"models": ["(("]}, {"seeds": "x"}])
def test_a_plan_that_cannot_be_read_promises_nothing(plan):
    assert list(unkept_promises(run(0, 1, plan={"seeds": 2, **plan}))) == []


def test_more_seeds_than_there_can_be_are_not_counted_one_by_one():
    assert len(list(unkept_promises(run(0, 1, plan={"seeds": 10**18})))) == 1


def test_requests_that_share_a_folder_may_have_other_seeds_each():
    assert list(unkept_promises(run(0, earlier=(EarlierRequest(command=("x",)),)))) == []


def test_probabilities_that_can_be_are_right():
    arrays = {"predicted": REFERENCE.gold, "certainty": np.tile([[0.75], [0.75], [0.625]], len(REFERENCE.gold))}
    assert list(impossible_certainty(arrays, REFERENCE)) == []
