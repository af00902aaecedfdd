"""Processes that a process has started, in sessions of their own as well, as Linux lists them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def descendants(process: int) -> Iterator[int]:
    """Children of a process, their children, and so on; nothing where the system does not tell."""
    with suppress(OSError, ValueError):
        listed = [(task / "children").read_text() for task in Path("/proc", str(process), "task").iterdir()]
        for child in (int(number) for text in listed for number in text.split()):
            yield child
            yield from descendants(child)


def end_descendants(process: int) -> None:
    """Kill all that a process has started, until nothing new has come in the meantime."""
    ended: set[int] = set()
    while new := set(descendants(process)) - ended:
        for child in new:
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
        ended |= new


@contextmanager
def ended_with_an_error() -> Iterator[None]:
    """Context for the start of a process, which is killed where a signal or an error ends the context.

    Otherwise nobody would know the process: `KeyboardInterrupt` comes before the call that starts it has returned.
    """
    before = set(descendants(os.getpid()))
    try:
        yield
    except BaseException:
        for child in set(descendants(os.getpid())) - before:
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
        raise
