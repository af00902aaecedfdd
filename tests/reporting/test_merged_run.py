"""Every result of the command line has a function in Python with the same numbers."""

import csv
import io
import json

import pytest
from program import called

import seqbench
from seqbench import UsageError
from seqbench.cli import COMMANDS

IN_PYTHON = {
    "run": "run", "train": "train", "tag": "load", "inspect": "states", "show": "open_run", "runs": "runs",
    "merge": "merge", "verify": "open_run", "compare": "open_run", "errors": "open_run", "report": "report",
    "calibration": "open_run", "power": "open_run", "spans": "open_run", "score": "score",
    "costs": "costs", "tune": "tune", "probe": "probe", "rerun": "rerun",
}  # fmt: skip
"""Of each command that prints results, the function that gives them."""
NO_RESULTS = {"serve", "convert", "models", "datasets", "new-plugin", "check", "plugins", "skill", "bundle", "export"}
"""Commands that print no result of a comparison: they serve, write files, list and check what is installed."""


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.tsv").write_text("the\tB-X\ndog\tI-X\nran\tO\n\n" * 12 + "a\tO\ncat\tB-X\n\n" * 6)
    for name, models in (("a", "baseline"), ("b", "majority")):
        assert called("run", "--data", "small.tsv", "--models", models, "--out", name, "-q").returncode == 0
    return tmp_path


def test_every_command_is_in_one_of_the_lists_and_every_function_is_there():
    assert set(COMMANDS) == {*IN_PYTHON, *NO_RESULTS}
    assert set(IN_PYTHON.values()) <= set(seqbench.__all__)


def test_a_run_merged_in_python_is_the_one_of_the_command():
    assert called("merge", "a", "b", "--out", "by-command").returncode == 0
    merged = seqbench.merge("a", "b", out="by-python")
    assert merged.rows == seqbench.open_run("by-command").rows
    assert merged.models == ["baseline", "majority"]
    with pytest.raises(UsageError, match="merge takes two runs or more"):
        seqbench.merge("a", out="one")


def test_runs_are_listed_as_by_the_command():
    rows = list(csv.DictReader(io.StringIO(called("runs", ".", "--format", "csv").stdout)))
    assert [row["run"] for row in rows] == [str(run.folder) for run in seqbench.runs(".")]
    assert {f"{run.finished} of {run.trials}" for run in seqbench.runs(".")} == {row["finished"] for row in rows}


def test_spans_are_those_of_the_command():
    rows = json.loads(called("spans", "a", "--format", "json").stdout)["rows"]
    assert json.loads(json.dumps(seqbench.open_run("a").spans())) == rows
    assert rows[0]["scheme"] == "IOB2"


def test_power_is_that_of_the_command():
    table = called("power", "a", "b", "--detect", "10", "--format", "csv").stdout
    (need,) = seqbench.open_run("a", "b").power(0.1)
    (row,) = [row for row in csv.reader(io.StringIO(table)) if row[:2] == [need["a"], need["b"]]]
    assert row[2].replace(",", "") == ("never" if need["units"] is None else str(need["units"]))
