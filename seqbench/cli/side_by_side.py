"""The same work on several datasets at once: numpy and reading files leave the processor to other threads meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from seqbench.measure import limited_threads

Item = TypeVar("Item")
Done = TypeVar("Done")


def side_by_side(work: Callable[[Item], Done], items: Sequence[Item]) -> list[Done]:
    """What `work` makes of each item, in their order; the first error is raised. One thread for each processor."""
    threads = min(len(items), _processors())
    if threads < 2:  # noqa: PLR2004 -- nothing is beside anything
        return list(map(work, items))
    with limited_threads(1), ThreadPoolExecutor(threads) as pool:  # threads of numpy's own beside these only disturb
        return list(pool.map(work, items))


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
