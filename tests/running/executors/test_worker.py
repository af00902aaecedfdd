"""What a worker does with the messages that it takes, without its process."""

import os
import socket
from dataclasses import asdict

import numpy as np
import pytest
from bad_plugins import plugin
from climber import climber_file
from runs import plan_of
from samples import dataset

from seqbench.registry.discovery import Registry
from seqbench.running.executors.messages import Lines, result_of
from seqbench.running.executors.shared_dataset import pack
from seqbench.running.executors.worker import Worker
from seqbench.running.plan import requests
from seqbench.running.trial import perform


@pytest.fixture
def channel():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def worker(channel):
    """A worker that has the dataset."""
    worker, packed = Worker(channel[1]), pack(dataset())
    message = {"do": "open", "fingerprint": dataset().fingerprint, "description": packed.description}
    with packed.file as file:
        worker.take(message, [os.dup(file.fileno())])
    return worker


def answers(channel):
    """What the worker has said."""
    return list(Lines().feed(channel[0].recv(1 << 20)))


def asking_for(request, **further):
    """The message that asks for a trial."""
    about = {"points": [], "files": [], "without": [], "memory": None, "plugin": {"plugin": "p", "version": None}}
    return {"do": "run", "request": asdict(request), **about, **further}


def request_of(spec, file=None):
    registry = Registry.discover([file] if file else [], points=())
    (request,) = requests(plan_of(registry, spec))
    return request


def test_a_trial_gives_what_it_gives_in_this_process(channel, worker):
    request = request_of("perceptron(epochs=2)")
    worker.take(asking_for(request), [])
    *progress, result = answers(channel)
    assert [message["told"]["epoch"] for message in progress] == [1, 2]
    assert result.pop("say") == "result"
    expected = perform(request, dataset(), Registry.discover(points=()), lambda _: None)
    np.testing.assert_array_equal(result_of(result).predicted, expected.predicted)


def test_a_dataset_is_mapped_once_and_its_file_closed(worker):
    again = worker.datasets[dataset().fingerprint]
    assert again.fingerprint == dataset().fingerprint
    assert not again.train.sentences.ids.flags.writeable


def test_only_the_plugins_that_a_trial_needs_are_loaded(channel, worker, tmp_path):
    file = plugin(tmp_path, "one")
    worker.take(asking_for(request_of("one", file), files=[str(file)]), [])
    assert answers(channel)[-1]["failure"] is None
    assert "one" in worker.registry.taggers
    before = worker.registry
    worker.take(asking_for(request_of("one", file), files=[str(file)]), [])
    assert worker.registry is before  # the same plugins: loaded once
    worker.take(asking_for(request_of("baseline")), [])
    assert "one" not in worker.registry.taggers


@pytest.mark.parametrize("error", ["KeyboardInterrupt", "SystemExit(3)", "RuntimeError('out of luck')"])
def test_whatever_a_tagger_raises_is_a_failure_of_its_plugin(channel, worker, tmp_path, error):
    file = plugin(tmp_path, "one", {"fit": f"raise {error}"})
    about = {"files": [str(file)], "plugin": {"plugin": "one", "version": None}}
    worker.take(asking_for(request_of("one", file), **about), [])
    failure = answers(channel)[-1]["failure"]
    assert failure["plugin"] == "one"
    assert failure["error"].startswith(error.partition("(")[0])
    assert failure["traceback"].startswith("Traceback")


def test_a_trial_that_is_to_stop_hears_of_it_when_it_reports(channel, worker, tmp_path):
    file = climber_file(tmp_path)  # reports fifty epochs, and stops when it is asked to
    request = request_of("climber(steps=50)", file)
    worker.stopped.add(request.key)
    worker.take(asking_for(request, files=[str(file)]), [])
    *progress, result = answers(channel)
    assert len(progress) == 1
    assert len(result["curve"]) == 1


def test_a_plugin_file_is_looked_at_and_described(channel, worker, tmp_path):
    worker.take({"do": "look", "without": [], "file": str(plugin(tmp_path, "one"))}, [])
    (answer,) = answers(channel)
    assert answer == {"say": "found", "taggers": [["one", "bad", False]], "more": False}


def test_a_spec_is_resolved_or_refused(channel, worker):
    about = {"do": "resolve", "points": [], "files": [], "without": []}
    worker.take({**about, "spec": "perceptron(epochs=2)"}, [])
    worker.take({**about, "spec": "perceptron(epoch=2)"}, [])
    resolved, refused = answers(channel)
    assert resolved["spec"].startswith("perceptron(epochs=2, ")
    assert "Did you mean 'epochs'" in refused["refused"]
