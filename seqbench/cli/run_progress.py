"""Progress while trials run: bars where someone can see them, and how to go on after an interruption."""

from __future__ import annotations

import os
import secrets
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import current_thread, main_thread

from seqbench.cli import options
from seqbench.cli.terminal import echo, is_terminal
from seqbench.registry.discovery import Registry
from seqbench.results.model_folder import is_kept
from seqbench.results.store import Store
from seqbench.running import runner
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.plan import Plan

_INTERRUPTED = 130
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
    try:
        with interruptible(), bars_of(registry, quiet=quiet, total=total):
            yield options.noting(quiet=quiet)
    except KeyboardInterrupt:
        echo(f"\nfinished trials are kept; to go on:\n  {resuming(sys.argv[1:], store.folder)}", err=True)
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
        bars.stop()


@contextmanager
def interruptible() -> Iterator[None]:
    """Context in which SIGTERM and SIGHUP interrupt as Ctrl-C does; the next signal then ends the process at once.

    Worker processes end with this one. Outside the main thread, which alone may set them, signals stay as they are.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def interrupt(_number: int, _frame: object) -> None:
        before.clear()  # what comes next must not meet Python's own handler amid the end of the process
        for number in _SIGNALS:
            signal.signal(number, _leave)
        raise KeyboardInterrupt

    for number in _SIGNALS:
        if before[number] is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(_number: int, _frame: object) -> None:
    os._exit(_INTERRUPTED)


def resuming(arguments: Sequence[str], folder: Path) -> str:
    """The command that continues this run."""
    out = [] if any(a == "--out" or a.startswith("--out=") for a in arguments) else ["--out", str(folder)]
    return shlex.join(["seqbench", *arguments, *out])


def kept_models(store: Store) -> list[str]:
    """Lines that say which models a run keeps, and how to use one."""
    folders = sorted(folder for folder in (store.folder / "models").glob("*") if is_kept(folder))
    use = [f"use one: echo 'some words' | seqbench tag {folders[0]}"] if folders else []
    return [*(f"kept: {folder}" for folder in folders), *use]
