"""What commands that try many damaged inputs share: the limit of time, the ways into a message, and the report."""

from __future__ import annotations

import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

PATIENCE = 10  # seconds of this process, more count as a hang; ten times as many where it waits, on a busy machine
TRACEBACKS, HANGS = "tracebacks", "hangs"


class HangError(BaseException):
    """Too long a time; no `Exception`, so that nothing but the command that counts catches it."""


@contextmanager
def limited() -> Iterator[None]:
    """Raises `HangError` inside when the time is over."""
    timers = {signal.ITIMER_PROF: (signal.SIGPROF, PATIENCE), signal.ITIMER_REAL: (signal.SIGALRM, 10 * PATIENCE)}
    before = {number: signal.signal(number, _hang) for number, _ in timers.values()}
    for timer, (_, seconds) in timers.items():
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _hang(_number: int, _frame: object) -> None:
    raise HangError


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Ways to every value of a JSON document or message."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else ()
    return [way, *(further for name, part in inner for further in places(part, (*way, name)))]


def report(what: str, inputs: int, fuzzed: Callable[[int, int], Counter[str]]) -> None:
    """Print date, counts and memory for the inputs and the seed of the command line; exits with 1 for a fault."""
    inputs, seed = [*map(int, sys.argv[1:3]), *(inputs, 0)[len(sys.argv[1:3]) :]]
    began = time.monotonic()
    counts = fuzzed(inputs, seed)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    ends = ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))
    print(f"{datetime.now(UTC):%Y-%m-%d}: {inputs} {what} (seed {seed}), {ends}")
    print(f"tracebacks {counts[TRACEBACKS]}, hangs {counts[HANGS]}; at most {memory} MB of memory")
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(int(counts[TRACEBACKS] + counts[HANGS] > 0))
