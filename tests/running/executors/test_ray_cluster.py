"""Trials on a cluster: what a machine does with what it is sent, without Ray; and one run through Ray where it is."""

import importlib.util
import json
import subprocess
import sys
from dataclasses import asdict, replace

import numpy as np
import pytest
from samples import dataset

from seqbench.errors import PluginError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.running.executors import ray_task
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.messages import result_of
from seqbench.running.executors.ray_cluster import Cluster
from seqbench.running.executors.shared_dataset import dataset_in, packed_in
from seqbench.running.plan import Plan, requests

PLUGIN = """
from seqbench import Deterministic, hookimpl

class Last(Deterministic):
    def fit(self, train, conditions): self.tag = train.tags[-1][-1]
    def predict(self, sentences): return [[self.tag] * len(s) for s in sentences]

@hookimpl
def register_taggers(register): register("last", Last, "the last tag")
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "last.py"
    path.write_text(PLUGIN)
    return path


def plan_of(registry, *models, **further):
    return Plan([dataset()], [resolve(registry, parse(model)) for model in models], **further)


def sent(request, registry, shipped=None):
    shipped = shipped or ray_task.Shipped.of(request.spec, registry)
    return result_of(ray_task.trial(asdict(request), *packed_in(dataset()), shipped))


def test_a_machine_gives_what_this_process_gives(file):
    registry = Registry.discover([file])
    trials = list(requests(plan_of(registry, "baseline", "perceptron(epochs=2)", "last", seeds=2)))
    here = Inline(registry, {dataset().fingerprint: dataset()})
    expected = {t.key: r for t, r in here.run(trials, lambda _: None, lambda *_: None)}
    assert len(trials) == 4
    for trial in trials:
        found = sent(trial, registry)
        assert found.failure is None
        np.testing.assert_array_equal(found.predicted, expected[trial.key].predicted)


def test_a_plugin_file_is_shipped_by_its_content(file):
    registry = Registry.discover([file])
    (trial,) = requests(plan_of(registry, "last"))
    shipped = ray_task.Shipped.of(trial.spec, registry)
    file.unlink()  # the other machine never had it
    assert sent(trial, registry, shipped).failure is None
    assert [name for name, _ in shipped.files] == ["last.py"]


def test_a_seqbench_tagger_takes_no_stranger_along(file):
    registry = Registry.discover([file])
    shipped = ray_task.Shipped.of("baseline", registry)
    assert (shipped.files, shipped.points, list(shipped.code)) == ([], [], ["baseline"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"versions": {**ray_task.versions(), "torch": "1.0"}}, r"has torch [\d.]+ \(not 1.0\)"),
        ({"code": {"baseline": {"sha256": "another"}}}, "has other files of tagger 'baseline'"),
    ],
)
def test_a_machine_with_other_code_refuses_and_says_what_to_do(change, why):
    registry = Registry.discover()
    (trial,) = requests(plan_of(registry, "baseline"))
    shipped = replace(ray_task.Shipped.of(trial.spec, registry), **change)
    with pytest.raises(PluginError, match=why):
        ray_task.refuse_other_code(shipped, registry)
    failure = sent(trial, registry, shipped).failure
    assert "install there what the run has" in failure.error


def test_a_dataset_in_memory_is_the_dataset():
    about, content = packed_in(dataset())
    assert dataset_in(json.loads(json.dumps(about)), content.data).fingerprint == dataset().fingerprint


def test_the_executor_is_the_one_asked_for():
    registry = Registry.discover()
    chosen = executor_for(Ways(place="ray:10.0.0.1:6379", gpus=0.5), registry, [dataset()], ["baseline"])
    assert isinstance(chosen, Cluster)
    assert (chosen.address, chosen.gpus) == ("10.0.0.1:6379", 0.5)


@pytest.mark.parametrize(
    ("ways", "why"),
    [
        ({"place": "dask"}, "--executor must be local, ray or ray:ADDRESS, was: 'dask'"),
        ({"place": "ray:"}, "--executor must be local, ray or ray:ADDRESS, was: 'ray:'"),
        ({"place": "ray", "timeout": 3.0}, "--timeout and --memory are for trials on this machine"),
        ({"gpus": 1.0}, "--gpus-per-trial is for trials on a cluster; add --executor ray"),
    ],
)
def test_what_a_cluster_cannot_do_is_refused(ways, why):
    with pytest.raises(UsageError, match=why):
        Ways(**ways)


@pytest.mark.parametrize("command", [["run"], ["tune", "--models", "perceptron"]])
def test_what_cannot_be_is_said_before_there_is_a_run_folder(command, tmp_path):
    command = [sys.executable, "-m", "seqbench", *command, "--executor", "dask"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "--executor must be local" in done.stderr


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs Ray: pip install 'seqbench[ray]'")
def test_a_run_through_ray_is_the_run_of_this_process(file, tmp_path):
    def run(out, *further):
        models = ["--models", "baseline,perceptron(epochs=2),last", "--plugin", file, "--seeds", "2"]
        command = [
            "run",
            "--data",
            "tutorial",
            *models,
            "--device",
            "cpu",
            "--out",
            tmp_path / out,
            "--quiet",
            *further,
        ]
        done = subprocess.run(
            [sys.executable, "-m", "seqbench", *map(str, command)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return {path.name: path.read_bytes() for path in (tmp_path / out / "trials").glob("*.npz")}

    assert run("ray", "--executor", "ray", "--jobs", "2") == run("here")
