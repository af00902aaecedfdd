"""The same work on several datasets at once: in a process for each processor, forked, so that nothing is sent to it."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import active_count
from typing import Any, Self, TypeVar

from seqbench.measure import limited_threads

Item = TypeVar("Item")
Done = TypeVar("Done")


def side_by_side(work: Callable[[Item], Done], items: Sequence[Item]) -> list[Done]:
    """What `work` makes of each item, in their order: values that come out of JSON as they went in.

    The first error in that order is raised. Where a process cannot be forked safely, one item follows another.
    """
    processes = min(len(items), _processors()) if _can_be_forked() else 1
    if processes < 2:  # noqa: PLR2004 -- nothing is beside anything
        return [work(item) for item in items]
    found: dict[int, Done] = {}
    with limited_threads(1), _Others(processes - 1, work, items) as others:  # numpy's own threads would disturb
        found.update(others.share())
        found.update(others.answers())
    return [found[number] if number in found else work(item) for number, item in enumerate(items)]


class _Others:
    """Further processes, which take the next item whenever they are done with one, as this process does."""

    def __init__(self, count: int, work: Callable[[Any], Any], items: Sequence[Any]) -> None:
        context = multiprocessing.get_context("fork")
        self._work, self._items, self._next = work, items, context.Value("q", 0)
        self._pipes = [context.Pipe(duplex=False) for _ in range(count)]
        self._processes = [
            context.Process(target=self._answer, args=(sender,), daemon=True) for _receiver, sender in self._pipes
        ]

    def __enter__(self) -> Self:
        for process in self._processes:
            process.start()
        for _receiver, sender in self._pipes:
            sender.close()  # now the other process alone holds it: when that ends, so does what can be received
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._processes:
            process.kill()
            process.join()

    def share(self) -> dict[int, Any]:
        """The items by number that nobody else took; one that raises is left out, to raise again where it is seen."""
        found: dict[int, Any] = {}
        with suppress(Exception):
            for number in iter(self._taken, len(self._items)):
                found[number] = self._work(self._items[number])
        return found

    def answers(self) -> Iterator[tuple[int, Any]]:
        """What the others have done; of one that was killed, nothing."""
        for receiver, _sender in self._pipes:
            with suppress(EOFError):
                yield from json.loads(receiver.recv_bytes())

    def _taken(self) -> int:
        """The number of the next item, or how many there are."""
        with self._next.get_lock():
            number: int = self._next.value
            self._next.value = min(number + 1, len(self._items))
        return number

    def _answer(self, sender: Connection) -> None:
        """What the other process does."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process stops it
        sender.send_bytes(json.dumps(list(self.share().items())).encode())


def _can_be_forked() -> bool:
    """Not where system libraries forbid it, nor while another thread may hold a lock, which nobody would release."""
    return sys.platform == "linux" and active_count() == 1


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0))
