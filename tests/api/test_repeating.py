"""seqbench.rerun: what `seqbench rerun` does."""

import inspect
from pathlib import Path

import pytest
from program import called

import seqbench
from seqbench import UsageError
from seqbench.cli.commands.rerun import command

TAGGER = """
from pathlib import Path
from seqbench import hookimpl

class Told:
    def fit(self, train, conditions): self.tag = Path("tag.txt").read_text()
    def predict(self, sentences): return [[self.tag] * len(s) for s in sentences]

@hookimpl
def register_taggers(register): register("told", Told, "reads its tag from a file that no key knows of")
"""


@pytest.fixture
def run(tmp_path):
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 6)
    (tmp_path / "told.py").write_text(TAGGER)
    (tmp_path / "tag.txt").write_text("NN")
    called("run", "--data", "./small.tsv", "--models", "baseline,told", "--plugin", "told.py", "--out", "run", "-q")
    return Path("run")


def test_a_repeated_run_tells_what_differs(run, tmp_path):
    again = seqbench.rerun(run, plugins=["told.py"])
    assert (again.folder, again.trials, list(again.differences)) == (tmp_path / "run-again", 2, [])
    (tmp_path / "tag.txt").write_text("V")
    other = seqbench.rerun(run, plugins=["told.py"], out="other")
    done = called("rerun", run, "--plugin", "told.py", "--out", "third", "--format", "csv")
    rows = [",".join(map(str, (one.dataset, one.model, one.seed, one.what))) for one in other.differences]
    assert rows
    assert all(row in done.stdout for row in rows)


def test_its_own_folder_is_refused(run):
    with pytest.raises(UsageError, match="--out must be another folder than the run's own"):
        seqbench.rerun(run, out=run)


def test_python_takes_every_option_of_the_command_line():
    options = {parameter.name for parameter in command.params} - {"form", "legend", "wide"}
    assert set(inspect.signature(seqbench.rerun).parameters) == options
