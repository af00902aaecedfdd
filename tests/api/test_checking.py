"""seqbench.verify: what `seqbench verify` finds."""

import inspect
import re
from pathlib import Path

import pytest
from program import SENTENCE, called

import seqbench
from seqbench.cli.commands.verify import command


@pytest.fixture
def run(tmp_path):
    (tmp_path / "small.tsv").write_text(SENTENCE * 6)
    called("run", "--data", "./small.tsv", "--models", "baseline", "--out", "run", "-q")
    return Path("run")


def test_a_run_that_was_changed_is_wrong_in_python_as_on_the_command_line(run):
    good = seqbench.verify(run)
    assert (good.trials, good.wrong) == (1, [])
    (trial,) = (run / "trials").glob("*.json")
    trial.write_text(re.sub(r'"accuracy": ?1(\.0)?', '"accuracy": 0.5', trial.read_text(), count=1))
    wrong = seqbench.verify(run).wrong
    assert wrong
    printed = called("verify", run).stdout.splitlines()
    assert [line for line in printed if line.startswith("wrong: ")] == [f"wrong: {fault}" for fault in wrong]


def test_python_takes_every_option_of_the_command_line():
    assert set(inspect.signature(seqbench.verify).parameters) == {parameter.name for parameter in command.params}
