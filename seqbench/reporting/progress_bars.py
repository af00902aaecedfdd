"""Progress on standard error, by a listener to the events of a run like any other plugin.

One bar for the run, with what is done, failed and left and how long that will take; below it a line a running trial.
In a notebook they are one output of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from seqbench.contracts.hooks import hookimpl
from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.reporting import safe_text
from seqbench.reporting.notebook_cell import NotebookCell

_SHOWN = 20  # running trials that have a line
_NAME = 36  # letters of a trial's name, which leave room for its epoch and score in 80 columns
_FIRST = ("epoch", "dev_accuracy", "loss")  # the reports of a line, which has room for no more


def _reports(progress: Mapping[str, float], epochs: float) -> list[str]:
    """Reports in words, the most telling first; all that there are where none of the usual ones is."""
    names = [name for name in _FIRST if name in progress] or list(progress)
    words = {name: f"{name.replace('_', ' ')} {progress[name]:.4g}" for name in names}
    if "epoch" in words and epochs:
        words["epoch"] += f" of {epochs:.0f}"
    if "dev_accuracy" in words:
        words["dev_accuracy"] = f"dev {100 * progress['dev_accuracy']:.2f} %"
    return list(words.values())


def _epochs_of(trial: TrialRequest) -> float:
    """Number of epochs that a trial takes at most, 0 if its model has none."""
    match = re.search(r"[(\s]epochs=(\d+)[,)]", trial.spec)
    return float(match[1]) if match else 0.0


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


class _TimeLeft(ProgressColumn):
    """Time that the rest takes if it goes as the whole went until now: trials are few, and end at odd times."""

    def render(self, task: Task) -> Text:
        """The time, dashes where nothing is done yet."""
        if not task.completed or not task.total or task.elapsed is None:
            return Text("-:--:--")
        seconds = task.elapsed * max(0.0, task.total - task.completed) / task.completed
        return Text(str(timedelta(seconds=round(seconds))))


class ProgressBars:
    """Bars for a run; `total` is the number of trials, if the run does not know it when it starts."""

    def __init__(self, total: int | None = None, console: Console | None = None) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left:"),
            _TimeLeft(),
            TextColumn("{task.fields[state]}"),
        )
        self._console = console or Console(stderr=True)
        self._progress = Progress(*columns, console=self._console)
        self._task = self._progress.add_task("trials", total=total, state="")
        self._total, self._done, self._failed = total or 0, 0, 0
        self._running: dict[str, str] = {}
        self._parts: dict[str, float] = {}  # by trial, the part of its epochs that is done
        self._cell = NotebookCell(self.shown) if self._console.is_jupyter else None
        self._live = Live(get_renderable=self.shown, console=self._console, transient=True, refresh_per_second=4)

    @hookimpl
    def run_started(self, trials: Sequence[TrialRequest]) -> None:
        """Show the bar."""
        self._total = self._total or len(trials)
        self._progress.update(self._task, total=self._total)
        self._tell()
        (self._cell or self._live).start()

    @hookimpl
    def trial_started(self, trial: TrialRequest) -> None:
        """Give the trial a line."""
        self._running[trial.key] = safe_text.line(trial.name)

    @hookimpl
    def trial_progressed(self, trial: TrialRequest, progress: Mapping[str, float]) -> None:
        """Show the last report of a trial."""
        epochs = _epochs_of(trial)
        self._running[trial.key] = safe_text.line(f"{_short(trial.name)}: {', '.join(_reports(progress, epochs))}")
        if epochs:
            self._parts[trial.key] = min(1.0, progress.get("epoch", 0) / epochs)
        self._move()

    @hookimpl
    def trial_finished(self, trial: TrialRequest, result: TrialResult) -> None:
        """Count a trial, and say at once if it failed."""
        self._running.pop(trial.key, None)
        self._parts.pop(trial.key, None)
        self._done += 1
        self._failed += result.failure is not None
        self._move()
        self._tell()
        if result.failure:
            failed = safe_text.line(f"failed: {trial.name}: {result.failure.error}")
            if self._cell:
                self._cell.print(failed)
            else:
                self._live.console.print(failed, markup=False)

    @hookimpl
    def run_finished(self) -> None:
        """Clear the terminal of bars."""
        self.stop()

    def stop(self) -> None:
        """Give the terminal back, or empty the cell."""
        (self._cell or self._live).stop()

    def shown(self) -> RenderableType:
        """Bars and lines as they stand on the terminal."""
        lines = [Text(f"  {line}", no_wrap=True, overflow="ellipsis") for line in list(self._running.values())[:_SHOWN]]
        more = len(self._running) - _SHOWN
        return Group(self._progress, *lines, *([Text(f"  and {more} more")] if more > 0 else []))

    def _move(self) -> None:
        """Move the bar to what is done, parts of running trials included: so time left is known from the first on."""
        self._progress.update(self._task, completed=self._done + sum(self._parts.values()))
        if self._cell:
            self._cell.refresh()

    def _tell(self) -> None:
        failed = f"{self._failed} failed, " if self._failed else ""
        running = f"{failed}{max(0, self._total - self._done)} to go"
        self._progress.update(self._task, state=running)
