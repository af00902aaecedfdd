"""Work on several datasets at once: in a process for each processor, forked, so that nothing is sent to it."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from threading import active_count
from typing import Generic, Self, TypeVar

from threadpoolctl import threadpool_limits

Item = TypeVar("Item")
Done = TypeVar("Done")

_TOKEN = 4  # bytes of an item's number
_QUEUED = 10_000  # numbers that a pipe holds for certain; any others are left to this process


def side_by_side(work: Callable[[Item], Done], items: Sequence[Item]) -> list[Done]:
    """Result of `work` for each item, in the order of the items: values that come out of JSON as they went in.

    The first error in that order is raised. Where no process can be forked, or not safely, one item follows another.
    """
    processes = min(len(items), _processors()) if _can_be_forked() else 1
    if processes <= 1:
        return [work(item) for item in items]
    results: dict[int, Done] = {}
    with threadpool_limits(1), _Others(processes - 1, work, items) as others:  # numpy's own threads would disturb
        results.update(others.share())
        results.update(others.answers())
    return [results[number] if number in results else work(item) for number, item in enumerate(items)]


class _Others(Generic[Item, Done]):
    """Further processes, which take the next item whenever they are done with one, as this process does."""

    def __init__(self, count: int, work: Callable[[Item], Done], items: Sequence[Item]) -> None:
        self._count, self._work, self._items = count, work, items
        self._first = os.getpid()
        self._started: list[tuple[ForkProcess, Connection]] = []

    def __enter__(self) -> Self:
        self._queue = _queue(min(len(self._items), _QUEUED))
        with suppress(OSError):  # no further process can be had: those that were started will do
            for _ in range(self._count):
                self._start()
        return self

    def __exit__(self, *_error: object) -> None:
        for process, receiver in self._started:
            process.kill()
            process.join()
            receiver.close()
        os.close(self._queue)

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=self._answer, args=(receiver, sender), daemon=True)
        process.start()
        sender.close()  # before the next is forked: when the process ends, so does what can be received from it
        self._started.append((process, receiver))

    def share(self) -> dict[int, Done]:
        """Results by number of the items that no other process took; one that raises is left out, to raise later."""
        results: dict[int, Done] = {}
        try:
            for number in self._taken():
                results[number] = self._work(self._items[number])
        except Exception:  # noqa: BLE001 -- whatever it is
            list(self._taken())  # nobody need begin with the items behind
        return results

    def answers(self) -> Iterator[tuple[int, Done]]:
        """Results of the other processes by number; none of a process that was killed."""
        for _process, receiver in self._started:
            with suppress(EOFError):
                yield from json.loads(receiver.recv_bytes())

    def _taken(self) -> Iterator[int]:
        """The numbers of items, as long as some are left and the first process waits for them."""
        while self._first in (os.getpid(), os.getppid()) and (token := os.read(self._queue, _TOKEN)):
            yield int.from_bytes(token, "little")

    def _answer(self, receiver: Connection, sender: Connection) -> None:
        """Do the work of a further process, and send the results."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process stops it
        for connection in (receiver, *(connection for _process, connection in self._started)):
            connection.close()
        with suppress(BrokenPipeError):  # the first process is gone
            sender.send_bytes(json.dumps(list(self.share().items())).encode())


def _queue(count: int) -> int:
    """A pipe to read the numbers up to `count` from; several processes may read, and each number goes to one."""
    numbers, entrance = os.pipe()
    with os.fdopen(entrance, "wb") as queue:
        queue.write(b"".join(number.to_bytes(_TOKEN, "little") for number in range(count)))
    return numbers


def _can_be_forked() -> bool:
    """Whether system libraries allow a fork, and no other thread may hold a lock, which nobody would release."""
    return sys.platform == "linux" and active_count() == 1


def _processors() -> int:
    """Number of processors that this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def uncollected() -> Iterator[None]:
    """Within this context Python looks for no garbage: thousands of files make millions of objects, none in a cycle.

    Objects that were made within count as old at its end: else Python would look at all of them at once.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
