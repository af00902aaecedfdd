"""The device of a run: only asked for where a model can use one, and told apart by number."""

import subprocess
import sys

import pytest
import torch
from samples import Constant

from seqbench import UsageError, UsesDevice, hookimpl
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.running import devices
from seqbench.running.plan import Plan, requests
from seqbench_datasets.corpora.tutorial import tutorial

HERE = devices.available()


class Elsewhere(Constant, UsesDevice):
    """Could compute on a GPU."""


class Refuses(Elsewhere):
    uses_device = False


class Samples:
    @hookimpl
    def register_taggers(self, register):
        register("constant", Constant, "")
        register("elsewhere", Elsewhere, "")
        register("refuses", Refuses, "")


def model(spec):
    registry = Registry.discover()
    registry.add(Samples(), "samples")
    return resolve(registry, parse(spec))


def test_the_devices_of_this_machine_are_those_that_torch_knows():
    assert HERE[0] == "cpu"
    assert ("cuda" in HERE) == torch.cuda.is_available()
    assert ("mps" in HERE) == torch.backends.mps.is_available()
    assert HERE.count("cpu") == 1


@pytest.mark.parametrize("name", ["gpu", "cuda1", "cuda:", "cuda:01", "cuda:-1", "cuda:x", "mps:0", "cpu:0", "CPU", ""])
def test_a_name_that_no_device_has_is_answered_with_what_there_is(name):
    with pytest.raises(UsageError, match="no device is named .*; choose one of auto, cpu, .*; available here: cpu"):
        devices.resolve(name)


@pytest.mark.parametrize("name", [name for name in ("cuda", "cuda:0", "cuda:99", "mps") if name not in HERE])
def test_a_device_that_is_not_here_is_answered_with_those_that_are(name):
    with pytest.raises(UsageError, match=f"device '{name}' is not available here; available: cpu"):
        devices.resolve(name, [model("elsewhere")])


def test_every_device_that_is_here_can_be_named():
    assert [devices.resolve(name) for name in HERE] == HERE
    assert devices.resolve("auto") == next(name for name in ("cuda", "mps", "cpu") if name in HERE)


@pytest.mark.parametrize(
    ("spec", "uses"),
    [
        ("constant", False),
        ("elsewhere", True),
        ("refuses", False),
        ("baseline", False),
        ("hmm", False),
        ("perceptron", False),
        ("crf", False),
        ("gru", True),
        ("lstm-tutorial", True),
        ("ensemble(members=['hmm', 'crf'])", False),
        ("ensemble(members=['hmm', 'gru'])", True),
        ("ensemble(members=[\"ensemble(members=['hmm', 'cnn'])\"])", True),
    ],
)
def test_a_model_uses_a_device_where_it_says_so(spec, uses):
    assert model(spec).uses_device is uses


def test_where_no_model_can_use_one_the_device_is_the_cpu_whatever_is_named():
    for name in ("auto", "cuda", "cuda:7", "mps"):
        assert devices.resolve(name, [model("constant"), model("refuses")]) == "cpu"
    with pytest.raises(UsageError, match="no device is named 'gpu'"):
        devices.resolve("gpu", [model("constant")])


def test_trials_of_a_model_that_cannot_use_it_run_on_the_cpu_with_the_key_of_a_run_there():
    plans = [Plan([tutorial()], [model("constant"), model("elsewhere")], device=device) for device in ("cpu", "cuda:1")]
    here, there = (list(requests(plan)) for plan in plans)
    assert [trial.device for trial in there] == ["cpu", "cuda:1"]
    assert [trial.identity["device"] for trial in there] == ["cpu", "cuda"]
    assert (here[0].key == there[0].key, here[1].key == there[1].key) == (True, False)
    first = list(requests(Plan([tutorial()], [model("elsewhere")], device="cuda")))
    assert first[0].key == there[1].key, "devices of one kind give the same result"


def test_models_that_do_not_compute_there_are_told():
    models, notes = [model("constant"), model("elsewhere")], []
    devices.note_unused("cuda:1", "cuda:1", models, notes.append)
    devices.note_unused("auto", "cuda", models, notes.append)
    assert notes == [
        "note: --device cuda:1 does not apply to constant: computed on the CPU",
        "note: --device auto does not apply to constant: computed on the CPU",
    ]


def test_on_the_cpu_there_is_nothing_to_tell():
    notes = []
    for name in ("auto", "cpu"):
        devices.note_unused(name, "cpu", [model("constant")], notes.append)
    devices.note_unused("cuda", "cuda", [model("elsewhere")], notes.append)
    assert notes == []


@pytest.mark.parametrize("device", [pytest.param("auto", marks=pytest.mark.slow), "cuda"])
def test_a_run_of_models_without_a_network_does_not_import_torch_and_tells_of_an_unused_device(tmp_path, device):
    code = (
        "import sys\nfrom seqbench.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n"
        "    assert not end.code, end.code\nassert 'torch' not in sys.modules\n"
    )
    arguments = ["run", "--data", "tutorial", "--models", "baseline", "--device", device, "--out", tmp_path]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    note = "note: --device cuda does not apply to baseline: computed on the CPU"
    assert (note in done.stderr) == (device == "cuda")
