"""MLflow: what is told in a run is read back from a real tracking store."""

from samples import Seeded, dataset

import seqbench


class Failing(Seeded):
    def predict(self, sentences):
        raise RuntimeError("out of luck")


def test_curves_scores_and_failures_are_read_back(tmp_path):
    from mlflow import MlflowClient

    reporters = [f"mlflow(uri='sqlite:///{tmp_path}/store.db')"]
    models = {"good": Seeded, "bad": Failing}
    rows = seqbench.run(models=models, data=dataset(), seeds=2, reporters=reporters, out=tmp_path / "run")
    client = MlflowClient(tracking_uri=f"sqlite:///{tmp_path}/store.db")
    experiment = client.get_experiment_by_name("seqbench")
    runs = {run.info.run_name: run for run in client.search_runs([experiment.experiment_id])}
    assert len(runs) == 4
    for seed, accuracy in enumerate(rows.results.rows[0].scores["accuracy"].per_seed):
        good = runs[f"good on sample, seed {seed}"]
        assert good.info.status == "FINISHED"
        assert good.data.metrics["test/accuracy"] == accuracy
        assert good.data.params == {"epochs": "2", "rate": "1.0"}
        history = client.get_metric_history(good.info.run_id, "learning/loss")
        assert [(point.step, point.value) for point in history] == [(1, 1.0), (2, 0.5)]
        bad = runs[f"bad on sample, seed {seed}"]
        assert bad.info.status == "FAILED"
        assert bad.data.tags["error"].startswith("RuntimeError: out of luck")
