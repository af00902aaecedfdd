"""Progress on standard error, by a listener to the events of a run like any other plugin.

One bar for the run, with what is done, failed and left and how long that will take; below it a line a running trial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from seqbench.contracts.hooks import hookimpl
from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.reporting import safe_text

_SHOWN = 20  # running trials that have a line


class ProgressBars:
    """Bars for a run; `total` is the number of trials, if the run does not know it when it starts."""

    def __init__(self, total: int | None = None, console: Console | None = None) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[state]}"),
        )
        self._console = console or Console(stderr=True)
        self._progress = Progress(*columns, console=self._console)
        self._task = self._progress.add_task("trials", total=total, state="")
        self._total, self._done, self._failed = total or 0, 0, 0
        self._running: dict[str, str] = {}
        self._live = Live(get_renderable=self.shown, console=self._console, transient=True, refresh_per_second=4)

    @hookimpl
    def run_started(self, trials: Sequence[TrialRequest]) -> None:
        """Show the bar."""
        self._total = self._total or len(trials)
        self._progress.update(self._task, total=self._total)
        self._tell()
        self._live.start()

    @hookimpl
    def trial_started(self, trial: TrialRequest) -> None:
        """Give the trial a line."""
        self._running[trial.key] = safe_text.line(trial.name)

    @hookimpl
    def trial_progressed(self, trial: TrialRequest, progress: Mapping[str, float]) -> None:
        """Show the last report of a trial."""
        report = ", ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in progress.items())
        self._running[trial.key] = safe_text.line(f"{trial.name}: {report}")

    @hookimpl
    def trial_finished(self, trial: TrialRequest, result: TrialResult) -> None:
        """Count a trial, and say at once if it failed."""
        self._running.pop(trial.key, None)
        self._done += 1
        self._failed += result.failure is not None
        self._progress.advance(self._task)
        self._tell()
        if result.failure:
            failed = safe_text.line(f"failed: {trial.name}: {result.failure.error}")
            self._live.console.print(failed, markup=False)

    @hookimpl
    def run_finished(self) -> None:
        """Clear the terminal of bars."""
        self.stop()

    def stop(self) -> None:
        """Give the terminal back."""
        self._live.stop()

    def shown(self) -> RenderableType:
        """Bars and lines as they stand on the terminal."""
        lines = [Text(f"  {line}", no_wrap=True, overflow="ellipsis") for line in list(self._running.values())[:_SHOWN]]
        more = len(self._running) - _SHOWN
        return Group(self._progress, *lines, *([Text(f"  and {more} more")] if more > 0 else []))

    def _tell(self) -> None:
        failed = f"{self._failed} failed, " if self._failed else ""
        running = f"{failed}{max(0, self._total - self._done)} to go"
        self._progress.update(self._task, state=running)
