"""What a machine of a cluster does with what it is sent, without Ray."""

import tempfile
from dataclasses import asdict, replace

import numpy as np
import pytest
from bad_plugins import plugin
from last_tagger import last_file
from runs import plan_of
from samples import dataset

from seqbench.errors import PluginError
from seqbench.registry.discovery import Registry
from seqbench.running.executors import ray_task
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.messages import result_of
from seqbench.running.executors.shared_dataset import packed_in
from seqbench.running.plan import requests


@pytest.fixture
def file(tmp_path):
    return last_file(tmp_path)


def sent(request, registry, shipped=None):
    shipped = shipped or ray_task.Shipped.of(request.spec, request.select, registry)
    return result_of(ray_task.trial(asdict(request), *packed_in(dataset()), shipped))


def test_plugin_files_lie_in_a_private_folder_and_are_removed(tmp_path, monkeypatch):
    (temporary := tmp_path / "temporary").mkdir()
    modes = "from pathlib import Path; raise RuntimeError([oct(p.stat().st_mode) for p in Path(__file__).parents[:2]])"
    registry = Registry.discover([plugin(tmp_path, "telling", {"fit": modes})])
    (trial,) = requests(plan_of(registry, "telling"))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    assert "['0o40700', '0o40700']" in sent(trial, registry).failure.error
    assert list(temporary.iterdir()) == []


def test_a_name_that_leads_elsewhere_stays_in_the_private_folder(tmp_path):
    shipped = ray_task.Shipped([("../../outside.py", b"1 / 0")], [], {}, {})
    (private := tmp_path / "private").mkdir()
    registry = ray_task.loaded(shipped, private)
    assert [loss.plugin.file.parent.parent for loss in registry.losses] == [private]


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
    shipped = ray_task.Shipped.of(trial.spec, trial.select, registry)
    file.unlink()  # the other machine never had it
    assert sent(trial, registry, shipped).failure is None
    assert [name for name, _ in shipped.files] == ["last.py"]


def test_a_seqbench_tagger_takes_no_stranger_along(file):
    registry = Registry.discover([file])
    shipped = ray_task.Shipped.of("baseline", None, registry)
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
    shipped = replace(ray_task.Shipped.of(trial.spec, trial.select, registry), **change)
    with pytest.raises(PluginError, match=why):
        ray_task.refuse_other_code(shipped, registry)
    failure = sent(trial, registry, shipped).failure
    assert "install there what the run has" in failure.error
