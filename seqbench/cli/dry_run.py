"""What `seqbench run --dry-run` prints: the trials, what is there of them already, and how long the rest will take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from seqbench.store import Store

if TYPE_CHECKING:
    from seqbench.runner import Plan

COLUMNS = ("dataset", "model", "seed", "state", "seconds")


def print_forecast(plan: Plan, store: Store, jobs: int, form: str) -> int:
    """Print it; nothing is run and nothing written."""
    from seqbench import runner, tables
    from seqbench.forecast import Past, runs_near

    trials = list(runner.requests(plan))
    left = {id(trial) for trial in runner.unfinished(plan, store, trials)}
    past = Past.of(runs_near(store.folder))
    rows, expected = [], []
    for trial in trials:
        seconds = past.expected(trial) if id(trial) in left else 0.0
        expected.append(seconds)
        failed = store.trial_path(trial.label, trial.seed, trial.key, ".failed.json").is_file()
        state = "finished" if id(trial) not in left else "failed before, to run again" if failed else "to run"
        known = "unknown" if seconds is None else f"{seconds:.1f}" if id(trial) in left else "-"
        rows.append((trial.dataset.name, trial.label, str(trial.seed), state, known))
    click.echo(tables.listing(COLUMNS, rows, form))
    if form != "json":
        click.echo(
            f"\n{len(trials)} trials, {len(trials) - len(left)} finished, {len(left)} to run; {_told(expected, jobs)}"
        )
    return 0


def _told(expected: Sequence[float | None], jobs: int) -> str:
    """The wall time that is left, as far as it is known."""
    known = [seconds for seconds in expected if seconds is not None]
    at_once = f" with {jobs} at once" if jobs > 1 else ""
    total = timedelta(seconds=round(sum(known) / jobs))
    if len(known) == len(expected):
        return f"about {total}{at_once}, from finished trials of the same models"
    unknown = len(expected) - len(known)
    more = f" and about {total}{at_once} for the others" if sum(known) else ""
    return f"time unknown for {unknown} (no trial of the same model on this data is finished near this folder){more}"
