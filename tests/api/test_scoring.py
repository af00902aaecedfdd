"""seqbench.score: the rows that `seqbench score` prints."""

import inspect
import json

import pytest
from program import SENTENCE, called

import seqbench
from seqbench.api.scoring import ScoreOptions
from seqbench.cli.commands.score import command


def test_predictions_scored_in_python_are_scored_as_by_the_command(tmp_path):
    (tmp_path / "gold.tsv").write_text(10 * SENTENCE)
    (tmp_path / "theirs.tsv").write_text(5 * SENTENCE + 5 * SENTENCE.replace("V", "NN"))
    printed = json.loads(called("score", "gold.tsv", "x=theirs.tsv", "--format", "json").stdout)["rows"]
    (row,) = seqbench.score("gold.tsv", "x=theirs.tsv", out="scored")
    assert row["accuracy"] == printed[0]["accuracy"]["mean"] == pytest.approx(25 / 30)
    assert seqbench.open_run("scored").models == ["x"]


def test_python_takes_every_option_of_the_command_line():
    shown = {"form", "legend", "wide", "per_tag", "confusion", "predictions"}
    options = {parameter.name for parameter in command.params} - shown
    ours = {*ScoreOptions.__annotations__, *inspect.signature(seqbench.score).parameters} - {"options", "predictions"}
    assert ours == options
