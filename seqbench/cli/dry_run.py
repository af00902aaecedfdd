"""Forecast of `seqbench run --dry-run`: trials, which of them are there already, and how long the rest will take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from seqbench.cli.terminal import echo
from seqbench.contracts.trial import TrialRequest
from seqbench.reporting.number_format import counted
from seqbench.reporting.table import json_text, listing
from seqbench.reporting.table_formats import prints_rows
from seqbench.results.store import Store
from seqbench.running.forecast import Past, runs_near
from seqbench.running.plan import Plan, requests, unfinished

_FINISHED = "finished"
COLUMNS = ("dataset", "model", "seed", "state", "seconds")


def print_forecast(plan: Plan, store: Store, jobs: int, form: str) -> int:
    """Print the forecast of a plan; nothing is run and nothing written."""
    trials = list(requests(plan))
    left = {id(trial) for trial in unfinished(plan, store, trials)}
    past = Past.of(runs_near(store.folder))
    expected = [past.expected(trial) if id(trial) in left else 0.0 for trial in trials]
    states = [_state(store, trial, left=id(trial) in left) for trial in trials]
    rows = [
        (trial.dataset.name, trial.label, trial.seed, state, None if state == _FINISHED else seconds)
        for trial, state, seconds in zip(trials, states, expected, strict=True)
    ]
    summary = f"{counted(len(trials), 'trial')}, {len(trials) - len(left)} finished, {len(left)} to run"
    if form == "json":
        echo(json_text([dict(zip(COLUMNS, row, strict=True)) for row in rows]))
    else:
        echo(listing(COLUMNS, [_cells(*row) for row in rows], form))
    echo(f"\n{summary}; {_time_left(expected, jobs)}", err=form == "json" or prints_rows(form))
    return 0


def _state(store: Store, trial: TrialRequest, *, left: bool) -> str:
    if not left:
        return _FINISHED
    failed = store.trial_path(trial, ".failed.json").is_file()
    return "failed before, to run again" if failed else "to run"


def _cells(dataset: str, label: str, seed: int, state: str, seconds: float | None) -> list[str]:
    known = "unknown" if seconds is None else f"{seconds:.1f}"
    return [dataset, label, str(seed), state, "-" if state == _FINISHED else known]


def _time_left(expected: Sequence[float | None], jobs: int) -> str:
    """The wall time that is left, as far as it is known."""
    known = [seconds for seconds in expected if seconds is not None]
    at_once = f" with {jobs} at once" if jobs > 1 else ""
    total = timedelta(seconds=round(sum(known) / jobs))
    if len(known) == len(expected):
        return f"about {total}{at_once}, from finished trials of the same models"
    unknown = len(expected) - len(known)
    more = f" and about {total}{at_once} for the others" if sum(known) else ""
    return f"time unknown for {unknown} (no trial of the same model on this data is finished near this folder){more}"
