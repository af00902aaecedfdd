"""The same work on several datasets at once: numpy and reading files leave the processor to other threads meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from seqbench.measure import limited_threads

Item = TypeVar("Item")
Done = TypeVar("Done")
_TURN = 0.001  # seconds


def side_by_side(work: Callable[[Item], Done], items: Sequence[Item]) -> list[Done]:
    """What `work` makes of each item, in their order; the first error is raised. One thread for each processor."""
    threads = min(len(items), _processors())
    if threads < 2:  # noqa: PLR2004 -- nothing is beside anything
        return list(map(work, items))
    with limited_threads(1), _quick_turns(), ThreadPoolExecutor(threads) as pool:  # numpy's own threads would disturb
        return list(pool.map(work, items))


@contextmanager
def _quick_turns() -> Iterator[None]:
    """A thread that comes back from numpy waits for a millisecond at most until it may go on, not for five."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
