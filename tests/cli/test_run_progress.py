"""While trials run: where a run lies, how to go on with it, and what is said on the way."""

import errno
import io
import os
import re
import signal

import pytest
from program import SENTENCE, called
from runs import plan_of, registry_of
from samples import Constant

from seqbench.cli.run_progress import carry_out, kept_models, new_folder, resuming, watched
from seqbench.contracts.hooks import hookimpl
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways


def test_the_command_to_go_on_names_the_folder(tmp_path):
    assert resuming(["run", "--seeds", "3"], tmp_path) == f"seqbench run --seeds 3 --out {tmp_path}"
    assert resuming(["run", "plan.toml", "--out=a b"], tmp_path) == "seqbench run plan.toml '--out=a b'"


def test_a_run_that_is_given_no_folder_has_one_of_its_day_and_of_no_other_run():
    first, second = new_folder(), new_folder("tune-")
    assert re.fullmatch(r"runs/\d{4}-\d\d-\d\d-[0-9a-f]{6}", str(first))
    assert re.fullmatch(r"runs/\d{4}-\d\d-\d\d-tune-[0-9a-f]{6}", str(second))
    assert new_folder() != first


def test_of_the_kept_models_the_most_accurate_one_is_to_be_used(tmp_path):
    (tmp_path / "data.tsv").write_text(SENTENCE * 6)
    models = ["--models", "a=majority,b=baseline", "--keep", "all"]
    ran = called("run", "--data", "data.tsv", *models, "--out", "r", "--quiet", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    *kept, use = kept_models(Store.open(tmp_path / "r"))
    assert [line.split("/")[-1][0] for line in kept] == ["a", "b"]
    assert use == f"use one: echo 'some words' | seqbench tag {kept[1].removeprefix('kept: ')}"


class Interrupting:
    @hookimpl
    def trial_started(self, trial):
        raise KeyboardInterrupt


def test_an_interrupted_run_says_how_to_go_on(tmp_path, capsys):
    registry, store = registry_of(constant=Constant), Store.create(tmp_path / "run")
    registry.add(Interrupting(), "interrupting")
    with pytest.raises(KeyboardInterrupt):
        carry_out(plan_of(registry, "constant"), Ways(), registry, store, quiet=True)
    assert "finished trials are kept; to go on:\n  seqbench " in capsys.readouterr().err


def test_a_plan_is_carried_out_and_what_is_finished_already_is_said(tmp_path, capsys):
    registry, store = registry_of(constant=Constant), Store.create(tmp_path / "run")
    for _ in range(2):
        carry_out(plan_of(registry, "constant"), Ways(), registry, store, quiet=False)
    assert len(list(store.finished_trials())) == 1
    assert capsys.readouterr().err == "1 of 1 trials are finished already and kept\n"


def test_without_a_terminal_there_are_no_bars(tmp_path, capsys):
    registry = registry_of()
    with watched(registry, Store.create(tmp_path), quiet=False) as note:
        note("said")
        assert "progress" not in registry.plugins
    assert capsys.readouterr() == ("", "said\n")


def test_on_a_terminal_bars_listen_to_the_run_unless_users_want_quiet(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    for quiet in (True, False):
        registry = registry_of()
        with watched(registry, Store.create(tmp_path), quiet=quiet):
            assert ("progress" in registry.plugins) != quiet


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
def test_a_signal_says_how_to_go_on(number, signals, tmp_path, capsys):
    store = Store.create(tmp_path / "run")
    with pytest.raises(KeyboardInterrupt), watched(registry_of(), store, quiet=True):
        os.kill(os.getpid(), number)
    assert "finished trials are kept; to go on:" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A terminal that is closed at some moment: from then on nothing can be written to it."""

    is_open = True

    def isatty(self):
        return True

    def write(self, text):
        if not self.is_open:
            raise OSError(errno.EIO, "Input/output error")
        return super().write(text)


def test_a_run_whose_terminal_was_closed_ends_as_interrupted(signals, tmp_path, monkeypatch):
    registry, terminal = registry_of(), Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    def closed():
        with watched(registry, Store.create(tmp_path), quiet=False):
            registry.emit("run_started", run={}, trials=[])
            terminal.is_open = False
            os.kill(os.getpid(), signal.SIGHUP)

    with pytest.raises(KeyboardInterrupt):
        closed()
