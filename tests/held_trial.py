"""A run whose only trial another process is at work on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from seqbench.results.trial_locks import Locks


@contextmanager
def held_trial(run: Path) -> Iterator[None]:
    """Within it, the only trial of a finished run is missing, and held by another for half a second."""
    (trial,) = (run / "trials").glob("*.json")
    lock = trial.with_name(f"{trial.stem.rpartition('-')[2]}.lock")
    trial.unlink()
    with Locks() as others:
        assert others.take(lock)
        release = Timer(0.5, others.release, [lock])
        release.start()
        yield
        release.join()
