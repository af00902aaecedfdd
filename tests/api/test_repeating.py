"""seqbench.rerun: what `seqbench rerun` does."""

import inspect
import re
from pathlib import Path

import pytest
from held_trial import held_trial
from program import SENTENCE, called

import seqbench
from seqbench import UsageError
from seqbench.cli.commands.rerun import command


@pytest.fixture
def run(tmp_path):
    (tmp_path / "small.tsv").write_text(SENTENCE * 6)
    called("run", "--data", "./small.tsv", "--models", "baseline", "--out", "run", "-q")
    return Path("run")


def test_a_repeated_run_tells_what_differs(run, tmp_path):
    again = seqbench.rerun(run)
    assert (again.folder, again.trials, list(again.differences)) == (tmp_path / "run-again", 1, [])
    (trial,) = (run / "trials").glob("*.json")
    trial.write_text(re.sub(r'"accuracy": ?1(\.0)?', '"accuracy": 0.5', trial.read_text(), count=1))
    (other,) = seqbench.rerun(run, out="other").differences
    assert (other.what, other.before, other.now) == ("accuracy", 0.5, 1.0)
    assert "small,baseline,0,accuracy,0.5,1.0" in called("rerun", run, "--out", "third", "--format", "csv").stdout


def test_for_whom_it_waits_is_said_at_once(run, tmp_path, capsys):
    seqbench.rerun(run)
    with held_trial(tmp_path / "run-again"):
        seqbench.rerun(run)
    assert capsys.readouterr().err.startswith("waiting for baseline on small, seed 0: process ")


def test_a_run_without_a_finished_trial_is_refused(run):
    for trial in (run / "trials").glob("*.json"):
        trial.unlink()
    with pytest.raises(UsageError, match="run has no finished trial"):
        seqbench.rerun(run)


def test_its_own_folder_is_refused(run):
    with pytest.raises(UsageError, match="--out must be another folder than the run's own"):
        seqbench.rerun(run, out=run)


def test_python_takes_every_option_of_the_command_line():
    options = {parameter.name for parameter in command.params} - {"form", "legend", "wide"}
    assert set(inspect.signature(seqbench.rerun).parameters) == options
