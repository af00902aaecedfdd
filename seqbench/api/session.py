"""The registry of one call from Python, with its reporters, its notes and its progress bars."""

from __future__ import annotations

import secrets
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from seqbench.api.arguments import texts_of
from seqbench.contracts.datasets import DataAccess
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Loss
from seqbench.registry.plugin_files import files_of
from seqbench.registry.reporters import attach
from seqbench.reporting.progress_bars import ProgressBars
from seqbench.results.process_identity import WAITING
from seqbench.serving.live.beside_run import live_page


class Notes(list[str]):
    """Sentences that a caller gets with the results. For whom a call waits, perhaps for ever, is said at once, too."""

    def append(self, note: str) -> None:
        """Add a sentence."""
        super().append(note)
        if note.startswith(WAITING):
            _say(note)


class Session(NamedTuple):
    """The registry of one call, and its notes, to which datasets add what they tell."""

    registry: Registry
    notes: Notes


def open_session(without: Sequence[str], data_dir: str | Path | None, reporters: Sequence[object]) -> Session:
    """The registry of installed plugins with these reporters, and no notes yet."""
    registry, notes = Registry.discover((), _warn, without=texts_of(without)), Notes()
    registry.access = DataAccess(local=None if data_dir is None else Path(data_dir), tell=notes.append)
    _attach(reporters, registry)
    return Session(registry, notes)


def installed(data_dir: str | Path | None, plugins: Sequence[str | Path], without: Sequence[str] = ()) -> Registry:
    """The registry of installed plugins and of these files, for a call that trains nothing."""
    registry = Registry.discover(files_of(plugins), _warn, without=texts_of(without))
    registry.access = DataAccess(local=None if data_dir is None else Path(data_dir))
    return registry


def new_run_folder() -> Path:
    """Folder of a run that nobody named: `runs/<date>-<id>`."""
    return Path("runs") / f"{datetime.now().astimezone():%Y-%m-%d}-{secrets.token_hex(3)}"


@contextmanager
def progress_shown(registry: Registry, *, quiet: bool) -> Iterator[None]:
    """Within it, progress bars move where someone can see them: on a terminal or in a notebook."""
    console = Console(stderr=True)
    if quiet or not (console.is_terminal or console.is_jupyter):
        yield
        return
    bars = ProgressBars(console=console)
    registry.add(bars, "progress")
    try:
        yield
    finally:
        bars.stop()


class Watching(NamedTuple):
    """How a user looks on: without progress bars (`quiet`), with the live page (`live`)."""

    quiet: bool
    live: bool


@contextmanager
def watched(run: Path, registry: Registry, plugins: Sequence[Path], watching: Watching) -> Iterator[None]:
    """Within it, progress bars move, and the live page of the run is there if it is wanted."""
    page = live_page(run, _say, plugins, registry.access.local) if watching.live else nullcontext()
    with page, progress_shown(registry, quiet=watching.quiet):
        yield


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _warn(loss: Loss) -> None:
    if not loss.plugin.once:  # of what was handed over, an error tells
        warnings.warn(str(loss), stacklevel=2)


def _attach(reporters: Sequence[object], registry: Registry) -> None:
    for number, reporter in enumerate(reporters, start=1):
        if isinstance(reporter, str):
            attach(registry, reporter)
        else:
            registry.add(reporter, f"reporter {number}")
