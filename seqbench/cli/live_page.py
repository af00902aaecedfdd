"""The page of a run, served on this machine and made again as trials finish: `report --live` and `run --live`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.errors import SeqbenchError
from seqbench.registry.discovery import Registry
from seqbench.reporting.number_format import counted
from seqbench.results.run_folders import run_summary
from seqbench.results.store import Store
from seqbench.serving.live.beside_run import live_page
from seqbench.serving.live.page_state import PageState
from seqbench.serving.live.server import served

_SECONDS = 1.0  # between two looks at the folder
_SHARE = 4  # a page is made again after so many times the seconds that it took
_WAIT = 10.0  # seconds that browsers have to get the last version
_LOWER = 5  # by how much the priority is lower than that of trials


def live_page_of(store: Store, registry: Registry, arguments: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Context in which the run of this call has a live page, if the call has --live."""
    if not arguments["live"]:
        return nullcontext()
    return live_page(store.folder, options.noting(quiet=False), arguments["plugins"], registry.access.local)


def serve_page(folders: Sequence[Path], make: Callable[[], str], *, while_input: bool) -> None:
    """Serve the page of runs until Ctrl-C, or with `while_input` until standard input ends.

    `make` makes the page of what is finished. The address is printed.
    """
    ended = Event()
    if while_input:
        os.nice(_LOWER)
        Thread(target=_wait_for_end_of_input, args=(ended,), daemon=True).start()
    state = PageState()
    with served(state) as address, suppress(KeyboardInterrupt):
        echo(f"live page: {address}")
        for _ in _versions(folders, ended):
            _show(state, folders, make)
        state.end()
        state.wait_until_known(_WAIT)


def _wait_for_end_of_input(ended: Event) -> None:
    try:
        while sys.stdin.read(1):
            pass
    finally:
        ended.set()


def _versions(folders: Sequence[Path], ended: Event) -> Iterator[None]:
    """Each time that something new is in the folders and the last page is old enough, and once more at the end."""
    seen: object = None
    while True:
        over, now = ended.is_set(), _files(folders)
        start = time.monotonic()
        if now != seen:
            yield
        if over:
            return
        seen = now
        ended.wait(max(_SECONDS, _SHARE * (time.monotonic() - start)))


def _files(folders: Sequence[Path]) -> frozenset[tuple[str, int]]:
    """Paths and times of change of all records of runs."""
    records = [path for folder in folders for path in (folder / "run.json", *folder.glob("trials/*.json"))]
    return frozenset((str(path), path.stat().st_mtime_ns) for path in records if path.exists())


def _show(state: PageState, folders: Sequence[Path], make: Callable[[], str]) -> None:
    """Show how far the runs are, and the page of what is finished if it can be made."""
    status, finished = _status(folders)
    if not finished:
        state.show(status)
        return
    try:
        html = make()
    except Exception as error:  # noqa: BLE001 -- trials come and go while they are read; the next look may find all whole
        said = str(error) if isinstance(error, SeqbenchError) else f"{type(error).__name__}: {error}"
        state.show(f"{status}; the page could not be made: {said}")
    else:
        state.show(status, html)


def _status(folders: Sequence[Path]) -> tuple[str, int]:
    """A sentence that says how far runs are, and the number of trials that are finished."""
    summaries = [summary for folder in folders if (summary := run_summary(folder))]
    if not summaries:
        return "the run has not begun", 0
    finished, trials = sum(run.finished for run in summaries), sum(run.trials for run in summaries)
    return f"{finished} of {counted(trials, 'trial')} finished", finished
