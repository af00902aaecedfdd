"""The runs below a folder, the last first, with what a list of them says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seqbench.errors import StoreError, UsageError
from seqbench.results.store import Store


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """A run: when it began, what it compares, and how many of its trials are finished."""

    folder: Path
    started: str
    datasets: tuple[str, ...]
    models: tuple[str, ...]
    trials: int
    finished: int


def runs_in(folder: Path) -> Iterator[RunSummary]:
    """The runs that lie in a folder, the last that began first; a run.json that cannot be read is left out."""
    runs = [run for path in folder.glob("*/run.json") if (run := run_summary(path.parent)) is not None]
    yield from sorted(runs, key=lambda run: (run.started, str(run.folder)), reverse=True)


def last_run(folder: Path) -> Path:
    """The folder of the run that began last. Raises `UsageError` if there is none."""
    for run in runs_in(folder):
        return run.folder
    raise UsageError(f"there is no run in {str(folder)!r}; name the folder of one, or start one with seqbench run")


def run_summary(folder: Path) -> RunSummary | None:
    """Summary of a run for a list, None if its run.json is not there or cannot be read."""
    store = Store(folder)
    try:
        manifest = store.manifest()
    except StoreError:
        return None
    return RunSummary(
        folder=folder,
        started=manifest.started,
        datasets=tuple(dataset.name for dataset in manifest.datasets),
        models=tuple(model.label for model in manifest.models),
        trials=len(manifest.trials),
        finished=sum(store.is_finished(trial) for trial in manifest.trials),
    )
