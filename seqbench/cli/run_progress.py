"""Progress while trials run: bars where someone can see them, and how to go on after an interruption."""

from __future__ import annotations

import secrets
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from seqbench.cli import options
from seqbench.cli.interruption import interruptible
from seqbench.cli.terminal import echo, is_terminal
from seqbench.registry.discovery import Registry
from seqbench.reporting import safe_text
from seqbench.results.model_folder import is_kept, read_record
from seqbench.results.store import Store
from seqbench.running import runner
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.plan import Plan


def new_folder(kind: str = "") -> Path:
    """Folder of a run that is given none: runs/<date>-<id>."""
    return Path("runs") / f"{datetime.now().astimezone():%Y-%m-%d}-{kind}{secrets.token_hex(3)}"


def carry_out(plan: Plan, ways: Ways, registry: Registry, store: Store, *, quiet: bool) -> Store:
    """Run the unfinished trials of a plan, and let users see it; the folder as this plan sees it."""
    with watched(registry, store, quiet=quiet) as note:
        executor = executor_for(ways, registry, plan.datasets, [model.spec for model in plan.models])
        return runner.run(plan, registry, store, note, executor)


@contextmanager
def watched(
    registry: Registry, store: Store, *, quiet: bool, total: int | None = None
) -> Iterator[Callable[[str], None]]:
    """Context within which events of the run move the bars; its value says a sentence on standard error, unless quiet.

    `total`: the number of trials, if the run does not know it when it starts.
    """
    farewell = safe_text.lines(f"\nfinished trials are kept; to go on:\n  {resuming(sys.argv[1:], store.folder)}")
    try:
        with interruptible(farewell), bars_of(registry, quiet=quiet, total=total):
            yield options.noting(quiet=quiet)
    except KeyboardInterrupt:
        echo(farewell, err=True)
        raise


@contextmanager
def bars_of(registry: Registry, *, quiet: bool, total: int | None = None) -> Iterator[None]:
    """Context within which events of trials move bars, where someone can see them."""
    if quiet or not is_terminal(sys.stderr):
        yield
        return
    from seqbench.reporting.progress_bars import ProgressBars

    bars = ProgressBars(total)
    registry.add(bars, "progress")
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal was closed
            bars.stop()


def resuming(arguments: Sequence[str], folder: Path) -> str:
    """The command that continues this run."""
    out = [] if any(a == "--out" or a.startswith("--out=") for a in arguments) else ["--out", str(folder)]
    return shlex.join(["seqbench", *arguments, *out])


def kept_models(store: Store) -> list[str]:
    """Lines that say which models a run keeps, and how to use one: that with the best accuracy."""
    folders = sorted(folder for folder in (store.folder / "models").glob("*") if is_kept(folder))
    use = [f"use one: echo 'some words' | seqbench tag {max(folders, key=_accuracy)}"] if folders else []
    return [*(f"kept: {folder}" for folder in folders), *use]


def _accuracy(model: Path) -> float:
    """Accuracy of a kept model on test, 0 if it tells none."""
    score = read_record(model).scores.get("accuracy")
    return (score and score.value) or 0.0
