"""Reporters: what a tracker is told in a run is read back from real event files and a real tracking store."""

import sys

import pytest
from samples import Seeded, dataset

import seqbench
from seqbench.cli import main
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.reporters import attach


class Failing(Seeded):
    def predict(self, sentences):
        raise RuntimeError("out of luck")


@pytest.fixture
def ran(tmp_path):
    """A run of a good model with two seeds and of one that fails, told to both trackers."""
    listeners = [f"tensorboard(folder={str(tmp_path)!r})", f"mlflow(uri='sqlite:///{tmp_path}/store.db')"]
    models = {"good": Seeded, "bad": Failing}
    rows = seqbench.run(models=models, data=dataset(), seeds=2, reporters=listeners, out=tmp_path / "run")
    return tmp_path, rows.results.rows[0].scores["accuracy"].per_seed


def test_tensorboard_reads_curves_and_scores_back(ran):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util.tensor_util import make_ndarray

    folder, accuracies = ran
    for seed, accuracy in enumerate(accuracies):
        [place] = folder.glob(f"*/sample-good-s{seed}")
        events = EventAccumulator(str(place))
        events.Reload()
        losses = [(event.step, float(make_ndarray(event.tensor_proto))) for event in events.Tensors("learning/loss")]
        assert losses == [(1, 1.0), (2, 0.5)]
        [found] = events.Tensors("test/accuracy")
        assert float(make_ndarray(found.tensor_proto)) == pytest.approx(accuracy)


def test_mlflow_reads_curves_scores_and_failures_back(ran):
    from mlflow import MlflowClient

    folder, accuracies = ran
    client = MlflowClient(tracking_uri=f"sqlite:///{folder}/store.db")
    experiment = client.get_experiment_by_name("seqbench")
    runs = {run.info.run_name: run for run in client.search_runs([experiment.experiment_id])}
    assert len(runs) == 4
    for seed, accuracy in enumerate(accuracies):
        good = runs[f"good on sample, seed {seed}"]
        assert good.info.status == "FINISHED"
        assert good.data.metrics["test/accuracy"] == accuracy
        assert good.data.params == {"epochs": "2", "rate": "1.0"}
        history = client.get_metric_history(good.info.run_id, "learning/loss")
        assert [(point.step, point.value) for point in history] == [(1, 1.0), (2, 0.5)]
        bad = runs[f"bad on sample, seed {seed}"]
        assert bad.info.status == "FAILED"
        assert bad.data.tags["error"].startswith("RuntimeError: out of luck")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tensorbord", "no reporter is named 'tensorbord'. Did you mean 'tensorboard'"),
        ("mlflow(url='x')", "no field of mlflow is named 'url'. Did you mean 'uri'"),
    ],
)
def test_a_misspelt_reporter_is_answered_with_the_nearest(text, told):
    with pytest.raises(UsageError, match=told.replace(".", r"\.")):
        attach(Registry.discover(), text)


def test_a_tracker_that_is_not_installed_is_named_with_the_way_to_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboard.summary", None)
    with pytest.raises(UsageError, match=r"it needs TensorBoard: pip install 'seqbench\[tensorboard\]'"):
        attach(Registry.discover(), "tensorboard")


def test_the_command_line_has_them_too(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    command = ["seqbench", "run", "--data", "tutorial", "--models", "baseline", "--reporter", "tensorboard", "--quiet"]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0, capsys.readouterr().err
    assert len(list(tmp_path.glob("runs/tensorboard/*/tutorial-baseline-s0/events.*"))) == 1
