"""Progress bars on standard error: a listener to the events of a run like any other plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from seqbench import hookimpl
from seqbench.executors import TrialRequest, TrialResult


class ProgressBars:
    """One bar for the run; beside it what the current trial last reported."""

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[state]}"),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("trials", total=None, state="")

    @hookimpl
    def run_started(self, trials: Sequence[TrialRequest]) -> None:
        """Show the bar."""
        self._progress.update(self._task, total=len(trials))
        self._progress.start()

    @hookimpl
    def trial_started(self, trial: TrialRequest) -> None:
        """Name the trial."""
        self._progress.update(self._task, state=trial.name)

    @hookimpl
    def trial_progressed(self, trial: TrialRequest, progress: Mapping[str, float]) -> None:
        """Tell the last report."""
        told = ", ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in progress.items())
        self._progress.update(self._task, state=f"{trial.name}: {told}")

    @hookimpl
    def trial_finished(self, trial: TrialRequest, result: TrialResult) -> None:
        """Count it, and say at once where it failed."""
        self._progress.advance(self._task)
        if result.failure:
            self._progress.console.print(f"failed: {trial.name}: {result.failure.error}", markup=False)

    @hookimpl
    def run_finished(self, run: Mapping[str, Any]) -> None:  # noqa: ARG002 -- the hook's argument
        """Clear the bar."""
        self.stop()

    def stop(self) -> None:
        """Give the terminal back."""
        self._progress.stop()
