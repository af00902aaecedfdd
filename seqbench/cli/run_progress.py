"""Progress while trials run: bars where someone can see them, and how to go on after an interruption."""

from __future__ import annotations

import secrets
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from seqbench.cli import options
from seqbench.cli.terminal import echo, is_terminal
from seqbench.registry.discovery import Registry
from seqbench.results.store import Store
from seqbench.running import runner
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.plan import Plan


def new_folder(kind: str = "") -> Path:
    """Folder of a run that is given none: runs/<date>-<id>."""
    return Path("runs") / f"{datetime.now().astimezone():%Y-%m-%d}-{kind}{secrets.token_hex(3)}"


def carry_out(plan: Plan, ways: Ways, registry: Registry, store: Store, *, quiet: bool) -> None:
    """Run the unfinished trials of a plan, and let users see it."""
    with watched(registry, store, quiet=quiet) as note:
        executor = executor_for(ways, registry, plan.datasets, [model.spec for model in plan.models])
        runner.run(plan, registry, store, note, executor)


@contextmanager
def watched(
    registry: Registry, store: Store, *, quiet: bool, total: int | None = None
) -> Iterator[Callable[[str], None]]:
    """Context within which events of the run move the bars; its value says a sentence on standard error, unless quiet.

    `total`: the number of trials, if the run does not know it when it starts.
    """
    bars = None
    if is_terminal(sys.stderr) and not quiet:
        from seqbench.reporting.progress_bars import ProgressBars

        bars = ProgressBars(total)
        registry.add(bars, "progress")
    try:
        yield options.noting(quiet=quiet)
    except KeyboardInterrupt:
        echo(f"\nfinished trials are kept; to go on:\n  {resuming(sys.argv[1:], store.folder)}", err=True)
        raise
    finally:
        if bars:
            bars.stop()


def resuming(arguments: Sequence[str], folder: Path) -> str:
    """The command that continues this run."""
    out = [] if any(a == "--out" or a.startswith("--out=") for a in arguments) else ["--out", str(folder)]
    return shlex.join(["seqbench", *arguments, *out])
