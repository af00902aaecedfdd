"""A reporter that tells MLflow of every trial: hyperparameters, learning curves, scores, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from seqbench import hookimpl
from seqbench_plugins.reporters._scalars import curve, scores

if TYPE_CHECKING:
    from seqbench import TrialRequest, TrialResult


@dataclass(kw_only=True, eq=False)
class MLflow:
    """One run of MLflow for each trial, all in one experiment.

    `ImportError` where MLflow is not installed (extra `mlflow`).
    """

    uri: Annotated[str, "the tracking server, or a local store"] = "sqlite:///mlflow.db"
    experiment: Annotated[str, "what MLflow calls the runs of all trials together"] = "seqbench"
    _runs: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        try:
            from mlflow import MlflowClient
        except ImportError as error:
            raise ImportError("it needs MLflow: pip install 'seqbench[mlflow]'") from error
        self._client = MlflowClient(tracking_uri=self.uri)
        experiment = self._client.get_experiment_by_name(self.experiment)
        self._experiment = experiment.experiment_id if experiment else self._client.create_experiment(self.experiment)

    @hookimpl
    def trial_started(self, trial: TrialRequest) -> None:
        """A new run, with what it is."""
        from seqbench import parse

        about = {"model": trial.label, "dataset": trial.dataset.name, "seed": str(trial.seed), "key": trial.key}
        run = self._client.create_run(self._experiment, run_name=trial.name, tags=about)
        self._runs[trial.key] = run.info.run_id
        for name, value in parse(trial.spec).fields.items():
            self._client.log_param(run.info.run_id, name, value)

    @hookimpl
    def trial_progressed(self, trial: TrialRequest, progress: Mapping[str, float]) -> None:
        """One point of each curve, at its epoch."""
        self._log(trial, curve(progress), int(progress.get("epoch", 0)))

    @hookimpl
    def trial_finished(self, trial: TrialRequest, result: TrialResult) -> None:
        """Scores and costs; a failed trial is a failed run, with the reason."""
        self._log(trial, scores(result), 0)
        run = self._runs.pop(trial.key)
        if result.failure:
            self._client.set_tag(run, "error", result.failure.error)
        self._client.set_terminated(run, "FAILED" if result.failure else "FINISHED")

    @hookimpl
    def run_finished(self, run: Mapping[str, Any]) -> None:  # noqa: ARG002 -- the hook
        """End what was given up on the way."""
        for left in self._runs.values():
            self._client.set_terminated(left, "KILLED")
        self._runs.clear()

    def _log(self, trial: TrialRequest, numbers: Mapping[str, float], step: int) -> None:
        for name, number in numbers.items():
            self._client.log_metric(self._runs[trial.key], name, number, step=step)
