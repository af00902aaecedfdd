"""What every executor promises, whatever it is: this process, workers, a cluster."""

import inspect
from contextlib import closing

import pytest
from runs import plan_of
from samples import dataset

from seqbench.registry.discovery import Registry
from seqbench.running.executors.executor import Executor
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.local_processes import LocalProcesses
from seqbench.running.executors.ray_cluster import Cluster
from seqbench.running.plan import requests

EXECUTORS = [Inline, LocalProcesses]


def run(executor, trials, begin=lambda _: None, progress=lambda *_: None):
    made = executor(Registry.discover(points=()), {dataset().fingerprint: dataset()})
    return made.run(trials, begin, progress)


@pytest.fixture(scope="module")
def trials():
    registry = Registry.discover(points=())
    return list(requests(plan_of(registry, "baseline", "perceptron(epochs=2)", seeds=2)))


@pytest.mark.parametrize("executor", [*EXECUTORS, Cluster])
def test_it_is_called_as_all_are(executor):
    promised = list(inspect.signature(Executor.run).parameters)
    assert list(inspect.signature(executor.run).parameters) == promised


@pytest.mark.parametrize("executor", EXECUTORS)
def test_each_request_is_begun_once_and_comes_back_once_with_its_result(executor, trials):
    begun, finished = [], {}
    for request, result in run(executor, trials, begun.append):
        finished[request.key] = result
    assert begun == trials
    assert set(finished) == {trial.key for trial in trials}
    assert all(len(result.predicted) == 6 for result in finished.values())


@pytest.mark.parametrize("executor", EXECUTORS)
def test_none_in_the_place_of_a_request_is_asked_again_later(executor, trials):
    first, second, *_ = trials
    finished = [request.key for request, _ in run(executor, iter([None, first, None, second]))]
    assert sorted(finished) == sorted([first.key, second.key])


@pytest.mark.parametrize("executor", EXECUTORS)
def test_what_a_tagger_reports_is_passed_on_with_its_request(executor, trials):
    heard = []
    list(run(executor, trials, progress=lambda request, step: heard.append((request.label, step["epoch"]))))
    assert sorted(heard) == [("perceptron(epochs=2)", 1)] * 2 + [("perceptron(epochs=2)", 2)] * 2


@pytest.mark.parametrize("executor", EXECUTORS)
def test_closing_ends_all_and_begins_nothing_more(executor, trials):
    begun = []
    with closing(run(executor, trials, begun.append)) as results:
        next(results)
    assert len(begun) < len(trials)
