"""A run opened from Python: the numbers of the command line, to the last digit, without its plugins."""

import json

import pandas as pd
import polars as pl
import pytest
from program import called

import seqbench
from seqbench import StoreError, UsageError

PLUGIN = """
from seqbench import hookimpl
class Fixed:
    def fit(self, train, conditions): pass
    def predict(self, sentences): return [['NN'] * len(s) for s in sentences]
@hookimpl
def register_taggers(register): register('fixed', Fixed, 'always NN')
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opened")
    (folder / "fixed.py").write_text(PLUGIN)
    options = ("--plugin", folder / "fixed.py", "--seeds", 2, "--data", "tutorial", "--out", folder / "run", "-q")
    called("run", "--models", "fixed,hmm,perceptron(epochs=1)", *options)
    (folder / "fixed.py").unlink()
    return folder / "run"


@pytest.fixture(scope="module")
def run(folder):
    return seqbench.open_run(folder)


def test_a_run_is_shown_as_its_table(run):
    assert repr(run) == str(run)
    assert str(run).startswith("tutorial: test accuracy in %")


def printed(*arguments):
    return json.loads(called(*arguments, "--format", "json").stdout)


def test_rows_are_those_of_show(run, folder):
    assert run.models == ["fixed", "hmm", "perceptron(epochs=1)"]
    shown = {row["model"]: row["accuracy"]["mean"] for row in printed("show", folder)["rows"]}
    assert {row["model"]: row["accuracy"] for row in run.rows} == shown
    assert "fixed" in str(run)
    assert "<table" in run._repr_html_()


def test_seeds_become_data_frames(run, folder):
    frame = run.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    shown = {row["model"]: row["accuracy"]["per_seed"] for row in printed("show", folder)["rows"]}
    assert {name: group["accuracy"].tolist() for name, group in frame.groupby("model")} == shown
    assert isinstance(run.to_polars(), pl.DataFrame)
    assert run.to_polars()["accuracy"].to_list() == frame["accuracy"].tolist()


def test_predictions_give_the_accuracy(run):
    gold = [tag for sentence in run.gold() for tag in sentence]
    for row in run.seeds:
        tags = [tag for sentence in run.predictions(row["model"], seed=row["seed"]) for tag in sentence]
        assert sum(a == b for a, b in zip(gold, tags, strict=True)) / len(gold) == row["accuracy"]


def test_a_confusion_counts_every_token_of_every_seed(run):
    matrix = run.confusion("fixed")
    assert matrix["V"] == {"DET": 0, "NN": 4, "V": 0}
    assert sum(sum(counts.values()) for counts in run.confusion("hmm").values()) == 9


def test_other_analyses_are_those_of_compare(run, folder):
    assert run.multiverse() == printed("compare", folder, "--multiverse")["multiverse"]
    assert {pair["score"] for pair in run.multiverse("hmm", score="macro_f1")} == {"macro F1"}


def test_comparisons_are_those_of_compare(run, folder):
    assert json.loads(json.dumps(run.comparisons())) == printed("compare", folder)["comparisons"]


def test_errors_are_those_of_errors(run, folder):
    shown = printed("errors", folder, "--wrong", "fixed")
    assert json.loads(json.dumps(run.errors(wrong=["fixed"])["tokens"])) == shown["tokens"]


def test_calibration_is_that_of_calibration(run, folder):
    assert json.loads(json.dumps(run.calibration())) == printed("calibration", folder)["models"]


@pytest.mark.parametrize("kind", ["curve", "pareto", "confusion", "sizes"])
def test_plots_are_those_of_show(run, folder, kind):
    shown = called("show", folder, "--plot", kind)
    assert "\n\n".join(run.plots(kind)) == shown.stdout.rstrip("\n")


def test_a_plot_that_nobody_knows_is_answered_with_the_plots(run):
    with pytest.raises(UsageError, match="no plot is named 'curv'.*curve.*pareto"):
        run.plots("curv")


def test_nothing_is_wrong_with_a_fresh_run(run):
    assert run.wrong_files() == []


def test_what_does_not_fit_is_told(run, tmp_path):
    with pytest.raises(StoreError, match="is no run"):
        seqbench.open_run(tmp_path)
    with pytest.raises(UsageError, match="needs the folder of a run"):
        seqbench.open_run()
    with pytest.raises(UsageError, match="Did you mean 'fixed'"):
        run.predictions("fixd")
    with pytest.raises(UsageError, match="has no finished trial with seed 7"):
        run.predictions("hmm", seed=7)
    with pytest.raises(UsageError, match="no dataset of this run is named 'x'"):
        run.gold("x")
