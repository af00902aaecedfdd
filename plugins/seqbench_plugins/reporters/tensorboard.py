"""A reporter that writes event files for TensorBoard: learning curves, and the scores of every trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from seqbench import hookimpl
from seqbench_plugins.reporters._scalars import curve, scores

if TYPE_CHECKING:
    from seqbench import TrialRequest, TrialResult


@dataclass(kw_only=True, eq=False)
class TensorBoard:
    """One folder of events for each trial, below one for the run: `tensorboard --logdir FOLDER` shows them.

    `ImportError` where TensorBoard is not installed (extra `tensorboard`).
    """

    folder: Annotated[str, "where the folder of each run goes"] = "runs/tensorboard"
    _writers: dict[str, Any] = field(default_factory=dict, init=False)
    _run: Path = field(default=Path(), init=False)

    def __post_init__(self) -> None:
        try:
            from tensorboard.summary import Writer
        except ImportError as error:
            raise ImportError("it needs TensorBoard: pip install 'seqbench[tensorboard]'") from error
        self._writer = Writer

    @hookimpl
    def run_started(self, run: Mapping[str, Any], trials: Sequence[TrialRequest]) -> None:  # noqa: ARG002 -- the hook
        """Name the run's folder by its time."""
        self._run = Path(self.folder) / str(run["started"]).replace(":", "-")

    @hookimpl
    def trial_progressed(self, trial: TrialRequest, progress: Mapping[str, float]) -> None:
        """One point of each curve, at its epoch."""
        self._write(trial, curve(progress), int(progress.get("epoch", 0)))

    @hookimpl
    def trial_finished(self, trial: TrialRequest, result: TrialResult) -> None:
        """The scores on test, and the end of the trial's file."""
        self._write(trial, scores(result), 0)
        if trial.key in self._writers:
            self._writers.pop(trial.key).close()

    @hookimpl
    def run_finished(self, run: Mapping[str, Any]) -> None:  # noqa: ARG002 -- the hook
        """Close what was left open."""
        while self._writers:
            self._writers.popitem()[1].close()

    def _write(self, trial: TrialRequest, numbers: Mapping[str, float], step: int) -> None:
        folder = self._run / f"{trial.dataset.name}-{trial.label}-s{trial.seed}".replace("/", "_")
        if numbers and trial.key not in self._writers:
            self._writers[trial.key] = self._writer(str(folder))
        for name, number in numbers.items():
            self._writers[trial.key].add_scalar(name, number, step=step)
