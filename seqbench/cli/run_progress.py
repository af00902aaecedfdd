"""While trials run: progress bars where someone can see them, and how to go on if it is interrupted."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from seqbench.registry.discovery import Registry
from seqbench.results.store import Store


@contextmanager
def watched(
    registry: Registry, store: Store, *, quiet: bool, total: int | None = None
) -> Iterator[Callable[[str], None]]:
    """Within it, events of the run move the bars; what it gives says something on standard error, unless quiet.

    `total`: how many trials there will be, where the run does not know when it starts.
    """
    bars = None
    if sys.stderr.isatty() and not quiet:
        from seqbench.cli.progress import ProgressBars

        bars = ProgressBars(total)
        registry.add(bars, "progress")
    try:
        yield _silent if quiet else _say
    except KeyboardInterrupt:
        click.echo(f"\nfinished trials are kept; to go on:\n  {resuming(sys.argv[1:], store.folder)}", err=True)
        raise
    finally:
        if bars:
            bars.stop()


def resuming(arguments: Sequence[str], folder: Path) -> str:
    """The command that continues this run."""
    out = [] if any(a == "--out" or a.startswith("--out=") for a in arguments) else ["--out", str(folder)]
    return shlex.join(["seqbench", *arguments, *out])


def _say(message: str) -> None:
    click.echo(message, err=True)


def _silent(_message: str) -> None:
    """Nobody wants to know."""
