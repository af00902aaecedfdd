"""Runs in a folder, and several runs as one, from Python."""

from __future__ import annotations

from pathlib import Path

from seqbench.reporting.opened_run import OpenedRun, open_run
from seqbench.results import merging
from seqbench.results.run_folders import RunSummary, runs_in
from seqbench.results.store import Store


def runs(folder: str | Path = "runs") -> list[RunSummary]:
    """The runs that lie in a folder, the last first, as `seqbench runs` lists them."""
    return list(runs_in(Path(folder)))


def merge(*runs: str | Path, out: str | Path) -> OpenedRun:
    """A new run, in the folder `out`, with the trials of several, as `seqbench merge` makes it; opened.

    Raises `UsageError` if the runs contradict each other, `StoreError` if `out` holds something else.
    """
    merging.merge([Store.open(Path(run)) for run in runs], Path(out), ["merge", *map(str, runs), "--out", str(out)])
    return open_run(out)
