"""Locks on trials: a file beside a trial says which process works on it, so that no other runs it at the same time.

The file names the process and its machine, and its time is renewed while the process lives. A lock is stale, and is
taken over, when its process is gone from this machine, or when it was not renewed for a while and is of another machine
or names no process.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Self, TypeAlias

from seqbench.errors import shortened
from seqbench.results.files import content_of, link, remove, write_through
from seqbench.results.process_identity import machine, runs, temporary, this

Owner: TypeAlias = Mapping[str, object]
"""Content of a lock: who holds it."""
_RENEWED = 10.0  # seconds between two renewals
_LONGEST = 120  # letters of what a lock says that are shown
_PATIENCE = 60.0  # seconds without renewal after which another machine's lock is stale


@dataclass
class Locks:
    """The locks of one process; leaving the context releases them."""

    patience: float = _PATIENCE
    _token: str = field(default_factory=lambda: secrets.token_hex(8))
    _held: set[Path] = field(default_factory=set)
    _seen: dict[Path, tuple[str, int, float]] = field(default_factory=dict)
    _done: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        Thread(target=self._renew, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for path in list(self._held):
            with suppress(OSError):
                self.release(path)

    def take(self, path: Path) -> bool:
        """Lock a trial; False where another process holds it. OSError where the folder cannot be written."""
        owner = _read(path)
        if owner is not None and not self._stale(path, owner):
            return False
        mine = temporary(path.with_name(f"{path.name}.{self._token}"))
        since = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            write_through(mine, json.dumps({**this(), "token": self._token, "since": since}).encode())
            taken = _linked(mine, path) if owner is None else _replaced(mine, path, owner)
        finally:
            with suppress(OSError):
                remove(mine)
        if taken:
            self._held.add(path)
        return taken

    def sweep(self, folder: Path) -> None:
        """Remove the locks that dead processes of this machine have left."""
        for path in folder.glob("*.lock"):
            owner = _read(path)
            if owner and owner.get("machine") == machine() and self._stale(path, owner):
                with one_at_a_time(folder):
                    if _read(path) == owner:
                        remove(path)

    def holder(self, path: Path) -> str:
        """Words for who holds a lock and since when."""
        owner = _read(path)
        if not owner:
            return f"its lock {path.name!r} names no process and is taken over after {self.patience:g} seconds"
        where = "" if owner.get("machine") == machine() else f" of machine {_said(owner, 'machine').split(' ')[0]!r}"
        since = _said(owner, "since", "an unknown time")
        return f"process {_said(owner, 'process')}{where} has worked on it since {since}"

    def holds(self, path: Path) -> bool:
        """Whether a lock is still this process's: while it was suspended, another may have taken it over."""
        return path in self._held and (_read(path) or {}).get("token") == self._token

    def release(self, path: Path) -> None:
        """Let other processes have a lock."""
        if self.holds(path):
            remove(path)
        self._held.discard(path)

    def _stale(self, path: Path, owner: Owner) -> bool:
        if owner.get("machine") == machine():
            return not runs(owner)
        renewed = _renewed(path)
        token, before, since = self._seen.get(path, ("", -1, 0.0))
        if (str(owner.get("token")), renewed) != (token, before):
            self._seen[path] = (str(owner.get("token")), renewed, time.monotonic())
            return False
        return time.monotonic() - since > self.patience

    def _renew(self) -> None:
        while not self._done.wait(_RENEWED):
            for path in list(self._held):
                with suppress(OSError):
                    if self.holds(path):
                        os.utime(path)


def _read(path: Path) -> Owner | None:
    """The owner of a lock, None if there is no lock; a lock that cannot be understood has an unknown owner."""
    try:
        content = json.loads(content_of(str(path)) or b"{}")
    except FileNotFoundError:
        return {} if path.is_symlink() else None  # a link to nothing is in the way of a lock all the same
    except (OSError, ValueError, RecursionError):
        content = {}
    return content if isinstance(content, dict) else {}


def _said(owner: Owner, name: str, otherwise: str = "unknown") -> str:
    """A statement of a lock on its owner, cut where no process says so much."""
    return shortened(str(owner.get(name, otherwise)), _LONGEST)


def _renewed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _linked(mine: Path, path: Path) -> bool:
    """Put a lock in place with its content at once, unless there is one."""
    try:
        link(mine, path)
    except FileExistsError:
        return False
    except (PermissionError, NotImplementedError):  # a file system without links
        return _created(path, mine.read_bytes())
    return True


def _created(path: Path, content: bytes) -> bool:
    try:
        write_through(path, content, new=True)
    except FileExistsError:
        return False
    return True


def _replaced(mine: Path, path: Path, owner: Owner) -> bool:
    """Put the lock in the place of a stale one, unless another process was quicker."""
    with one_at_a_time(path.parent):
        if _read(path) != owner:
            return False
        mine.replace(path)
        return True


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Within this context no other process takes a stale lock over in this folder, or changes its run.json."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system that knows no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
