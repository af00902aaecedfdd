"""Which executor a run gets, and what does not go together."""

import pytest
from bad_plugins import plugin
from runs import registry_of
from samples import Constant, dataset

from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.local_processes import LocalProcesses
from seqbench.running.executors.ray_cluster import Cluster


@pytest.fixture
def registry(tmp_path):
    return Registry.discover([plugin(tmp_path, "odd")])


def test_one_stranger_brings_all_trials_into_workers_and_none_does_without(registry):
    def chosen(*specs, **ways):
        return type(executor_for(Ways(**ways), registry, [dataset()], specs))

    assert chosen("baseline") is Inline
    assert chosen("baseline", "odd") is LocalProcesses
    assert (
        chosen("baseline", jobs=2) is chosen("baseline", timeout=6.0) is chosen("baseline", memory=1) is LocalProcesses
    )


def test_a_tagger_of_this_process_cannot_go_elsewhere():
    registry = registry_of(constant=Constant)
    assert isinstance(executor_for(Ways(), registry, [], ["constant"]), Inline)
    with pytest.raises(UsageError, match="samples is known to this process only"):
        executor_for(Ways(jobs=2), registry, [], ["constant"])


def test_the_executor_is_the_one_asked_for():
    registry = Registry.discover()
    chosen = executor_for(Ways(executor="ray:10.0.0.1:6379", gpus=0.5), registry, [dataset()], ["baseline"])
    assert isinstance(chosen, Cluster)
    assert (chosen.address, chosen.gpus) == ("10.0.0.1:6379", 0.5)


@pytest.mark.parametrize(
    ("ways", "why"),
    [
        ({"executor": "dask"}, "--executor must be local, ray or ray:ADDRESS, was: 'dask'"),
        ({"executor": "ray:"}, "--executor must be local, ray or ray:ADDRESS, was: 'ray:'"),
        ({"executor": "ray", "timeout": 3.0}, "--timeout and --memory are for trials on this machine"),
        ({"gpus": 1.0}, "--gpus-per-trial is for trials on a cluster; add --executor ray"),
    ],
)
def test_what_a_cluster_cannot_do_is_refused(ways, why):
    with pytest.raises(UsageError, match=why):
        Ways(**ways)


def test_limits_of_trials_reach_the_workers(registry):
    workers = executor_for(Ways(jobs=3, timeout=6.0, memory=2**30), registry, [dataset()], ["baseline"])
    assert (workers.jobs, workers.timeout, workers.memory) == (3, 6.0, 2**30)
    assert set(workers.datasets) == {dataset().fingerprint}


def test_what_needs_no_process_of_its_own_is_known():
    assert not Ways().apart
    assert all(ways.apart for ways in (Ways(jobs=2), Ways(isolate=True), Ways(timeout=1.0), Ways(executor="ray")))
