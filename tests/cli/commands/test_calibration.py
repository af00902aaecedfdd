"""`seqbench calibration`: whether models know when they are wrong, through a run as users see it."""

import json

import numpy as np
import pytest

from seqbench.cli import program
from seqbench.errors import UsageError

PLUGIN = """
import numpy as np
from seqbench import Deterministic, hookimpl

class First(Deterministic):
    def fit(self, train, conditions):
        self.tags = list(train.tags.vocabulary)

    def predict(self, sentences):
        return [[self.tags[0]] * len(words) for words in sentences]

class Sure(First):
    def predict_proba(self, sentences):
        given = np.full((len(sentences.ids), len(self.tags)), 0.2 / (len(self.tags) - 1), np.float32)
        given[:, 0] = 0.8
        return given

class Wrong(First):
    def predict_proba(self, sentences):
        raise RuntimeError("do not ask")

@hookimpl
def register_taggers(register):
    register("sure", Sure, "always as sure")
    register("wrong", Wrong, "cannot say")
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibration")
    (folder / "sure.py").write_text(PLUGIN)
    (folder / "data.tsv").write_text("a\tX\nb\tX\nc\tX\nd\tY\n\n" * 20)
    data = ["--data", folder / "data.tsv", "--out", folder / "run", "-q", "--plugin", folder / "sure.py"]
    assert call("run", *data, "--models", "baseline,sure,wrong") == 0
    return folder / "run"


def call(*arguments):
    return program.main([str(argument) for argument in arguments], standalone_mode=False)


def test_a_run_keeps_what_calibration_takes_also_through_workers(finished, capsys):
    call("calibration", finished, "--format", "json")
    (found,) = json.loads(capsys.readouterr().out)["models"]
    assert (found["model"], found["accuracy"]) == ("sure", 0.75)
    assert found["calibration_error"] == pytest.approx(0.05, abs=1e-6)
    assert found["log_loss"] == pytest.approx(-(0.75 * np.log(0.8) + 0.25 * np.log(0.2)), abs=1e-6)
    assert found["brier"] == pytest.approx(0.75 * 2 * 0.2**2 + 0.25 * 2 * 0.8**2, abs=1e-6)


def test_tables_state_the_binning_and_who_gave_no_probabilities(finished, capsys):
    call("calibration", finished, "--reliability", "sure", "--bins", "10", "--binning", "mass")
    out, err = capsys.readouterr()
    assert "10 bins of about equally many tokens (Guo et al. 2017)" in out
    assert "reliability of sure" in out
    assert "baseline on data gave no probabilities" in err


def test_probabilities_that_fail_cost_a_note_and_no_trial(finished, capsys):
    call("show", finished)
    assert "wrong: its probabilities are not stored: RuntimeError: do not ask" in capsys.readouterr().out


def test_a_run_without_probabilities_says_so(finished, tmp_path):
    data = finished.parent / "data.tsv"
    call("run", "--data", data, "--models", "baseline", "--out", tmp_path / "r", "-q", "--format", "csv")
    with pytest.raises(UsageError, match="no finished model of these runs gave probabilities"):
        call("calibration", tmp_path / "r")
