"""Plugins: found, asked one at a time, and lost alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from program import called
from samples import Constant

import seqbench_datasets
import seqbench_plugins
from seqbench import hookimpl
from seqbench.errors import PluginError, UsageError
from seqbench.registry.discovery import KINDS, Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.store import Store
from seqbench.running.repeated_request import repeated


class Window:
    @hookimpl
    def register_taggers(self, register):
        register("window", Constant, "always the same", default=True)


def test_built_ins_come_through_the_same_door():
    registry = Registry.discover()
    assert registry.losses == []
    assert registry.plugins["seqbench-plugins"].distribution == "seqbench"
    assert {"baseline", "rnn", "gru", "lstm", "lstm-tutorial"} <= set(registry.taggers)
    assert {"tutorial", "grammar"} <= set(registry.datasets)


@pytest.mark.parametrize("package", [seqbench_plugins, seqbench_datasets])
def test_every_file_is_registered_under_its_name(package):
    apart = {"_shared", "catalogue"}  # the catalogue has many names in one file
    folders = [folder for folder in Path(package.__file__).parent.iterdir() if folder.name not in apart]
    files = {path.stem for folder in folders for path in folder.glob("*.py") if not path.stem.startswith("_")}
    registry = Registry.discover()
    kinds = [kind for kind in KINDS if kind != "published"]  # those are folders of runs
    entries = [e for kind in kinds for e in getattr(registry, kind).values()]
    own = {e.name.replace("-", "_"): e.thing for e in entries if e.thing.startswith(package.__name__ + ".")}
    own = {name: path for name, path in own.items() if not path.startswith("seqbench_datasets.catalogue.")}
    assert set(own) == files
    assert all(path.split(":")[0].rpartition(".")[2] == name for name, path in own.items())


def test_an_object_is_a_plugin():
    registry = Registry()
    registry.add(Window(), "window")
    assert registry.tagger("window").load() is Constant


def test_a_file_is_a_plugin(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(
        "import seqbench\n@seqbench.hookimpl\ndef register_taggers(register):\n    register('mine', dict, 'none')\n"
    )
    registry = Registry()
    registry.add_file(file)
    assert registry.tagger("mine").plugin.file == file


def test_a_missing_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="there is no plugin file"):
        Registry().add_file(tmp_path / "mine.py")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("x = (", "was never closed"),
        ("@hook\ndef register_tagers(register): ...", "unknown hook 'register_tagers'"),
        ("@hook\ndef register_taggers(register): register('a b', dict, '')", "'a b' cannot be a name"),
        ("@hook\ndef register_taggers(register): register('ab', 'nowhere', '')", "is no import path"),
        ("@hook\ndef register_taggers(register): register('window', dict, '')", "registered already, by 'window'"),
        ("@hook\ndef register_taggers(register): register('fine', dict, ''); 1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_broken_plugin_costs_one_warning_and_nothing_else(tmp_path, source, why):
    warnings = []
    registry = Registry(warnings.append)
    registry.add(Window(), "window")
    file = tmp_path / "broken.py"
    file.write_text("from seqbench import hookimpl as hook\n" + source)
    registry.add_file(file)
    assert len(warnings) == 1
    assert "'broken'" in str(warnings[0])
    assert why in str(warnings[0])
    assert set(registry.taggers) == {"window"}
    assert registry.tagger("window").plugin.name == "window"


def test_a_second_plugin_of_the_same_name_is_refused_and_the_first_stays():
    registry = Registry()
    registry.add(Window(), "window")
    registry.add(Window(), "window")
    assert "its name is taken" in registry.losses[0].reason
    heard = []

    class Listener:
        @hookimpl
        def run_finished(self, run):
            heard.append(run)

    registry.add(Listener(), "listener")
    registry.emit("run_finished", run={})
    assert heard == [{}]


def test_an_unknown_tagger_stands_for_the_plugin_that_was_lost_and_tells_the_nearest_name(tmp_path):
    file = tmp_path / "lost.py"
    file.write_text("1 / 0")
    registry = Registry()
    registry.add(Window(), "window")
    registry.add_file(file)
    with pytest.raises(PluginError, match=r"'lost'.*ZeroDivisionError.*named 'windwo'. Did you mean 'window'"):
        registry.tagger("windwo").load()
    with pytest.raises(UsageError, match="no tagger is named 'windwo'"):
        Registry().tagger("windwo")


def test_a_tagger_that_a_file_of_its_name_may_have_is_answered_with_that_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "endings.py").write_text("")
    with pytest.raises(UsageError, match=r"'endings.py' is here: --plugin endings.py loads it, 'seqbench check end"):
        Registry().tagger("endings")
    with pytest.raises(UsageError, match="no tagger is named"):
        Registry().tagger("x" * 300)


def test_a_raising_listener_hears_of_no_further_event_and_others_hear_all():
    heard = {"good": 0, "bad": 0}

    def listener(name, raises):
        class Listener:
            @hookimpl
            def run_started(self, run):
                heard[name] += 1
                if raises:
                    raise RuntimeError("no")

        return Listener()

    registry = Registry()
    registry.add(listener("bad", raises=True), "bad")
    registry.add(listener("good", raises=False), "good")
    for _ in range(2):
        registry.emit("run_started", run={}, trials=[])
    assert heard == {"good": 2, "bad": 1}
    assert [loss.plugin.name for loss in registry.losses] == ["bad"]


class Broken:
    @hookimpl
    def register_taggers(self, register):
        register("broken", "no_such_package:Tagger", "")
        register("nameless", "samples:NoSuchName", "")
        register("whole", "samples:Constant", "")

    @hookimpl
    def register_metrics(self, register):
        register("broken-metric", "samples.part:metric", "")


def test_a_path_to_a_module_that_is_not_there_costs_its_own_entry_and_one_warning():
    warnings = []
    registry = Registry(warnings.append)
    registry.add(Broken(), "stranger")
    assert [str(warning) for warning in warnings] == [
        "tagger 'broken' of plugin 'stranger' (this process) is left out: No module named 'no_such_package'",
        "metric 'broken-metric' of plugin 'stranger' (this process) is left out: No module named 'samples.part'",
    ]
    assert (set(registry.taggers), set(registry.metrics)) == ({"nameless", "whole"}, set())
    assert registry.tagger("whole").load() is Constant
    with pytest.raises(UsageError, match="no tagger is named 'broken-metric'"):
        registry.tagger("broken-metric")


@pytest.mark.parametrize(
    ("name", "why"), [("broken", "No module named 'no_such_package'"), ("nameless", "no attribute 'NoSuchName'")]
)
def test_a_broken_import_path_names_the_plugin(name, why):
    registry = Registry()
    registry.add(Broken(), "stranger")
    with pytest.raises(PluginError, match=rf"'{name}' of plugin 'stranger'.*{why}"):
        registry.tagger(name).load()


@pytest.mark.parametrize("command", ["--version", "--help", "models", "datasets"])
def test_listing_imports_neither_torch_nor_scikit_learn(command):
    code = (
        "import sys\nfrom seqbench.cli import main\nsys.argv = ['seqbench', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "assert not {'torch', 'sklearn'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


LISTENING = """
from seqbench import Deterministic, hookimpl
class Quiet(Deterministic):
    "Says nothing."
    def fit(self, train, conditions): ...
    def predict(self, sentences): ...
    def predict_proba(self, sentences): ...
@hookimpl
def register_taggers(register): register("quiet", Quiet, "says nothing")
@hookimpl
def run_finished(run): ...
"""


def test_a_plugin_is_listed_with_all_it_registers_and_hears_and_a_lost_one_with_its_reason(tmp_path):
    (tmp_path / "quiet.py").write_text(LISTENING)
    (tmp_path / "lost.py").write_text("1 / 0")
    (tmp_path / "half.py").write_text(
        "from seqbench import hookimpl\n@hookimpl\ndef register_metrics(register): register('gone', 'no_such:m', '')"
    )
    files = [f"--plugin={tmp_path / name}" for name in ("quiet.py", "lost.py", "half.py")]
    command = [sys.executable, "-m", "seqbench", "plugins", *files, "--format", "csv"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"quiet,{tmp_path / 'quiet.py'},,taggers: quiet; listens to: run_finished" in listed
    assert f"half,{tmp_path / 'half.py'},,LEFT OUT: metric gone: No module named 'no_such'" in listed
    assert f"lost,{tmp_path / 'lost.py'},,LEFT OUT: ZeroDivisionError: division by zero (lost.py:1)" in listed


def test_a_model_is_described_with_its_source_and_what_it_can_do(tmp_path):
    (tmp_path / "quiet.py").write_text(LISTENING)
    command = [sys.executable, "-m", "seqbench", "models", "quiet", f"--plugin={tmp_path / 'quiet.py'}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0] == "quiet: says nothing"
    assert told[2] == f"source {tmp_path / 'quiet.py'}:3"
    assert told[3] == "offers probabilities of tags, the same for every seed"


def test_an_object_that_cannot_be_hashed_costs_nobody_else_anything():
    class Unhashable:
        __hash__ = None

    registry = Registry()
    registry.add(Unhashable(), "unhashable")
    registry.add(Window(), "window")
    registry.emit("run_started", run={}, trials=[])
    assert [loss.reason for loss in registry.losses] == ["a Unhashable cannot be hashed; write @dataclass(eq=False)"]


NAMESAKE = """
from __future__ import annotations
from dataclasses import dataclass
from typing import Annotated, Literal
from seqbench import hookimpl, learned

Mine = Literal["{0}"]

@dataclass(kw_only=True)
class {1}:
    kind: Annotated[Mine, "only in this file"] = "{0}"

    def fit(self, train, conditions):
        self._fitted = "{0}"

    def predict(self, sentences):
        return [[learned(self)] * len(sentence) for sentence in sentences]

@hookimpl
def register_taggers(register):
    register("{0}", {1}, "gives {0} to every token")
"""


@pytest.fixture
def namesakes(tmp_path):
    """Two plugin files of one name in different folders."""
    files = []
    for name, kind in (("NN", "First"), ("V", "Second")):
        (tmp_path / kind).mkdir()
        files.append(tmp_path / kind / "window.py")
        files[-1].write_text(NAMESAKE.format(name, kind))
    return files


def test_two_files_of_one_name_are_two_plugins(namesakes):
    registry = Registry.discover(namesakes)
    assert registry.losses == []
    names = {plugin.name: plugin.file for plugin in registry.plugins.values() if plugin.file}
    assert names == {"window": namesakes[0], "Second/window": namesakes[1]}
    assert registry.plugin_from(namesakes[1]).name == "Second/window"
    for name in ("NN", "V"):  # each looks its own types up in its own module
        assert resolve(registry, parse(f"{name}(kind='{name}')")).spec == f"{name}(kind='{name}')"
    with pytest.raises(UsageError, match="field 'kind' of V must be"):
        resolve(registry, parse("V(kind='NN')"))


def test_as_much_of_a_path_is_named_as_tells_plugins_apart(tmp_path):
    registry, names = Registry(), []
    for folder in ("a/x", "b/x", "c/x"):
        (tmp_path / folder).mkdir(parents=True)
        file = tmp_path / folder / "mine.py"
        file.write_text("from seqbench import hookimpl\n@hookimpl\ndef register_taggers(register): pass\n")
        registry.add_file(file)
        names.append(registry.plugin_from(file).name)
    assert names == ["mine", "x/mine", "c/x/mine"]


def test_the_name_of_a_lost_file_is_not_given_to_another(tmp_path, namesakes):
    namesakes[0].write_text("1 / 0")
    registry = Registry.discover(namesakes)
    assert [loss.plugin.name for loss in registry.losses] == ["window"]
    assert registry.plugin_from(namesakes[1]).name == "Second/window"


def test_one_file_is_not_loaded_twice(namesakes):
    registry = Registry.discover([namesakes[0], namesakes[0]])
    assert [loss.reason.partition(" (")[0] for loss in registry.losses] == ["its name is taken by 'window'"]


def test_both_run_and_a_failure_names_the_right_one(namesakes, tmp_path):
    namesakes[1].write_text(NAMESAKE.format("V", "Second").replace('self._fitted = "V"', "1 / 0"))
    plugins = [f"--plugin={file}" for file in namesakes]
    done = called("run", "--data", "tutorial", "--models", "NN,V", *plugins, "--out", tmp_path / "run", "--quiet")
    assert done.returncode == 1, done.stderr
    (failure,) = (tmp_path / "run" / "trials").glob("*.failed.json")
    assert json.loads(failure.read_text())["failure"]["plugin"] == "Second/window"
    assert list((tmp_path / "run" / "trials").glob("NN~*.npz"))


def test_a_plugin_that_is_left_out_registers_nothing():
    registry = Registry.discover(without=["seqbench-plugins"])
    assert (registry.taggers, registry.losses) == ({}, [])
    assert "tutorial" in registry.datasets
    assert "seqbench-plugins" not in registry.plugins


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs a plugin that cannot be imported."""
    site = tmp_path / "site"
    information = site / "theirs-1.0.dist-info"
    information.mkdir(parents=True)
    (site / "theirs.py").write_text("1 / 0")
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[seqbench]\ntheirs = theirs\n")
    monkeypatch.syspath_prepend(site)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    "command",
    [
        ["models"],
        pytest.param(["datasets"], marks=pytest.mark.slow),
        pytest.param(["plugins"], marks=pytest.mark.slow),
        pytest.param(["check", "majority"], marks=pytest.mark.slow),
        ["run", "--data", "tutorial", "--models", "majority", "--dry-run"],
    ],
)
def test_an_installed_plugin_is_left_out_for_a_call(tmp_path, command):
    with_it, without = (called(*command, *more, cwd=tmp_path) for more in ([], ["--without", "theirs"]))
    assert "ZeroDivisionError" in with_it.stderr + with_it.stdout
    assert "ZeroDivisionError" not in without.stderr + without.stdout
    assert "theirs" not in without.stdout
    assert without.returncode == 0, without.stderr


def test_what_is_left_out_must_be_installed():
    done = called("models", "--without", "seqbench-plugin")
    assert done.returncode == 2
    assert "no installed plugin is named 'seqbench-plugin'. Did you mean 'seqbench-plugins'?" in done.stderr


def test_a_plugin_may_take_the_names_of_one_that_is_left_out_in_workers_too(tmp_path):
    file = tmp_path / "own.py"
    file.write_text(NAMESAKE.format("NN", "Own").replace('register("NN"', 'register("baseline"'))
    (loss,) = Registry.discover([file]).losses
    assert "tagger 'baseline' is registered already, by 'seqbench-plugins'" in loss.reason
    arguments = ("run", "--data", "tutorial", "--plugin", file, "--models", "baseline", "--format", "json")
    done = called(*arguments, "--out", tmp_path / "free", "--without", "seqbench-plugins")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)["rows"]
    assert row["spec"] == "baseline(kind='NN')"
    again = called("rerun", tmp_path / "free", "--plugin", file)
    assert again.returncode == 0, again.stderr


def test_a_run_with_two_plugin_files_of_one_name_is_repeated_with_them_and_with_no_other(namesakes, tmp_path):
    plugins = [f"--plugin={file}" for file in namesakes]
    done = called("run", "--data", "tutorial", "--models", "NN,V", *plugins, "--out", tmp_path / "run", "--quiet")
    assert done.returncode == 0, done.stderr
    manifest = Store.open(tmp_path / "run").manifest()
    assert repeated(manifest, "run", tuple(namesakes)).plugins == tuple(namesakes)
    namesakes[1].write_text(namesakes[1].read_text() + "# changed")
    with pytest.raises(UsageError, match=r"window\.py' is not the one that this run was made with"):
        repeated(manifest, "run", tuple(namesakes))
