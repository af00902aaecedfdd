"""Claims on the trials of a run: this process begins those that no other is at work on or has done meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from seqbench.contracts.trial import TrialRequest
from seqbench.errors import StoreError
from seqbench.results.files import explained
from seqbench.results.process_identity import WAITING
from seqbench.results.store import Store
from seqbench.results.trial_locks import Locks

_PAUSE = 0.5  # seconds between two looks at trials that others hold


@dataclass
class Claims:
    """Trials taken by this process; `elsewhere` counts trials that another process did in the meantime.

    `fresh`: a trial that was finished before is run again; `anew`: those with these keys are. `note` hears who holds
    the trials that are waited for.
    """

    store: Store
    locks: Locks = field(default_factory=Locks)
    elsewhere: int = 0
    fresh: bool = False
    anew: frozenset[str] = frozenset()
    note: Callable[[str], object] = str
    _said: str = ""
    _before: dict[Path, int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._sweep()
        self.locks.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.locks.__exit__()
        with suppress(StoreError):
            self._sweep()

    def _sweep(self) -> None:
        """Remove the files that processes have left which are no more."""
        with explained(self.store.folder):
            self.store.sweep()
            self.locks.sweep(self.store.folder / "trials")

    def of(self, trials: Sequence[TrialRequest]) -> Iterator[TrialRequest | None]:
        """The trials, each when it was taken; None while all that are left are with other processes."""
        finished = [trial for trial in trials if self._again(trial)]
        paths = [*map(self._failure, trials), *map(self._success, finished)]
        self._before = {path: _written(path) for path in paths}
        waiting = list(trials)
        while waiting:
            began, locked = time.monotonic(), []
            for trial in waiting:
                if self._taken(trial):
                    yield trial
                elif self._done(trial):
                    self.elsewhere += 1
                else:
                    locked.append(trial)
            waiting = locked
            self._say_who(waiting)
            again = False
            while waiting and (not again or time.monotonic() - began < _PAUSE):
                again = True  # once at least, however long the look took
                yield None

    def _say_who(self, waiting: Sequence[TrialRequest]) -> None:
        """Tell for what this process waits, again only where something has changed."""
        if waiting:
            more = f", and for {len(waiting) - 1} more" if len(waiting) > 1 else ""
            said = f"{WAITING} {waiting[0].name}{more}: {self.locks.holder(self._lock(waiting[0]))}"
            if said != self._said:
                self.note(said)
            self._said = said

    def still_hold(self, trial: TrialRequest) -> bool:
        """Whether the result of a trial is this process's to write."""
        return self.locks.holds(self._lock(trial))

    def give_up(self, trial: TrialRequest) -> None:
        """Let other processes have a trial."""
        with explained(self.store.folder):
            self.locks.release(self._lock(trial))

    def _taken(self, trial: TrialRequest) -> bool:
        """Take a trial unless it is done; it may have been done just before it could be taken."""
        if self._done(trial):
            return False
        with explained(self.store.folder):
            taken = self.locks.take(self._lock(trial))
        if not taken:
            return False
        if self._done(trial) or self._taken_over(trial):
            self.give_up(trial)
            return False
        return True

    def _taken_over(self, trial: TrialRequest) -> bool:
        """Whether a trial is finished under another label, and is now kept under its own too."""
        return not self._again(trial) and self.store.take_over(trial)

    def _again(self, trial: TrialRequest) -> bool:
        """Whether a trial runs again if it was finished before."""
        return self.fresh or trial.key in self.anew

    def _done(self, trial: TrialRequest) -> bool:
        """Whether another process finished it, or failed with it since this run began."""
        ends = self._success(trial), self._failure(trial)
        return any(_written(path) > self._before.get(path, 0) for path in ends)

    def _lock(self, trial: TrialRequest) -> Path:
        """Lock of a trial, named by the key alone: a trial under two labels is not run twice at once either."""
        return self.store.folder / "trials" / f"{trial.key}.lock"

    def _success(self, trial: TrialRequest) -> Path:
        return self.store.trial_path(trial)

    def _failure(self, trial: TrialRequest) -> Path:
        return self.store.trial_path(trial, ".failed.json")


def _written(path: Path) -> int:
    """When a file was written, 0 if there is none or nothing in it."""
    try:
        about = path.stat()
    except OSError:
        return 0
    return about.st_mtime_ns if about.st_size else 0
