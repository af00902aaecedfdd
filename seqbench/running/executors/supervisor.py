"""The worker processes of a run: who is free, who is at work on what, and how each attempt at a trial ends."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Self

from seqbench.contracts.plain_text import plain_text
from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.results.records import Json
from seqbench.running.executors.executor import Progress
from seqbench.running.executors.messages import FORGED, LONGEST, Message, result_of
from seqbench.running.executors.shared_dataset import Packed, pack
from seqbench.running.executors.worker_process import WorkerProcess, memory_of
from seqbench.running.result_check import checked_report

_TICK = 0.05  # seconds between two looks at clocks and memory
_GRACE = 2.0  # seconds that a worker has to end by itself
_SHOWN = 200  # letters of what was wrong with a message
_BYTES = 64  # of a result for each token, at most: one number of four bytes, and three of how sure a tagger is
_WRITING = 0.5  # seconds that a worker has to write where it hangs
_STACK_BEGINS = "(most recent call first):"
_STACK_LINE = re.compile(r'^  File "(.+)", line (\d+) in ', re.MULTILINE)


@dataclass(frozen=True)
class Attempt:
    """A try at a trial; `further` is what the worker needs beside the request, `alone`: in a worker of its own."""

    request: TrialRequest
    further: Mapping[str, Json]
    alone: bool
    timeout: float | None = None
    number: int = 1

    def again(self) -> Attempt:
        """The next try."""
        return replace(self, number=self.number + 1)


@dataclass(frozen=True)
class End:
    """End of an attempt: its result, or why there is none, and what its process wrote last."""

    attempt: Attempt
    result: TrialResult | None = None
    why: str = ""
    output: str = ""
    may_retry: bool = False


@dataclass
class Crew:
    """Worker processes, started when they are needed and kept for the next trial where they may be."""

    progress: Progress
    free: list[WorkerProcess] = field(default_factory=list)
    working: dict[WorkerProcess, Attempt] = field(default_factory=dict)
    leaving: dict[WorkerProcess, float] = field(default_factory=dict)
    since: dict[WorkerProcess, float] = field(default_factory=dict)
    packed: dict[str, Packed] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._selector = DefaultSelector()
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers: those amid a trial at once, the others when they have ended properly or taken too long."""
        for worker in self.working:
            worker.kill()
            worker.close()
        for worker in self.free:
            self._dismiss(worker)
        while self.leaving:
            self._reap()
            time.sleep(_TICK / 5)
        self._selector.close()
        for packed in self.packed.values():
            packed.file.close()

    def give(self, attempt: Attempt, dataset: Dataset) -> None:
        """Set a worker to an attempt: a fresh one, or one that has only run seqbench's own taggers."""
        fingerprint = attempt.request.dataset.fingerprint
        if fingerprint not in self.packed:
            self.packed[fingerprint] = pack(dataset)
        worker = self._worker(attempt)
        self.working[worker] = attempt
        self.since[worker] = time.monotonic()
        worker.written = b""
        worker.lines.longest = LONGEST + _BYTES * dataset.test.tokens
        with suppress(OSError):  # it is gone, which the next look finds
            worker.open(fingerprint, self.packed[fingerprint])
            worker.run(attempt.request, attempt.further)

    def wait(self) -> list[End]:
        """Attempts that have ended by now; waits a moment if none has."""
        ends = []
        for key, _ in self._selector.select(_TICK):
            if key.data in self.working or key.data in self.free:
                ends += self._attend(key.data, key.fd)
        for worker in list(self.working):
            ends += self._watched(worker)
        self._reap()
        return ends

    def _worker(self, attempt: Attempt) -> WorkerProcess:
        while self.free and not attempt.alone:
            worker = self.free.pop()
            if worker.alive:
                return worker
            self._dismiss(worker)
        worker = WorkerProcess.start(attempt.request.threads)
        self._selector.register(worker.channel, EVENT_READ, worker)
        self._selector.register(worker.output, EVENT_READ, worker)
        return worker

    def _attend(self, worker: WorkerProcess, descriptor: int) -> list[End]:
        """Hear or read what one worker sent."""
        if descriptor == worker.output:
            if not worker.read():
                self._selector.unregister(worker.output)
            return []
        return self._heard(worker)

    def _heard(self, worker: WorkerProcess) -> list[End]:
        """Take its messages; a result ends the attempt."""
        try:
            messages = worker.hear()
            if messages is None:
                return self._lost(worker, "")
            results = [result for message in messages for result in self._taken(worker, message)]
        except FORGED as error:
            said = plain_text(error)[:_SHOWN]
            return self._lost(worker, f"its process said something that is no result ({said})")
        return [self._finished(worker, result) for result in results if worker in self.working]

    def _taken(self, worker: WorkerProcess, message: Message) -> Iterator[TrialResult]:
        match message.pop("say", None):
            case "ready" if not worker.ready:
                worker.ready = True
                self.since[worker] = time.monotonic()
            case "progress":
                if self.progress(self.working[worker].request, checked_report(message["told"])):
                    worker.stop(self.working[worker].request)
            case "result":
                yield result_of(message)
            case other:
                raise ValueError(f"{other!r} is no kind of message")

    def _finished(self, worker: WorkerProcess, result: TrialResult) -> End:
        """A worker goes on to other trials unless a stranger's code ran in it or something went wrong."""
        attempt = self.working.pop(worker)
        if attempt.alone or result.failure:
            self._dismiss(worker)
        else:
            self.free.append(worker)
        return End(attempt, result)

    def _watched(self, worker: WorkerProcess) -> list[End]:
        """End an attempt whose process is gone, or that takes more time or memory than it may."""
        if not worker.alive:
            return self._heard(worker)
        attempt, passed = self.working[worker], time.monotonic() - self.since[worker]
        if attempt.timeout is not None and passed > attempt.timeout:
            worker.show_stack()
            time.sleep(_WRITING)
            why = f"no result within {attempt.timeout:g} seconds (--timeout)"
            return [replace(end, may_retry=False) for end in self._lost(worker, why)]
        limit = attempt.further["memory"]
        if limit is not None and memory_of([worker.process.pid]) > limit:
            return self._lost(worker, f"its process used more memory than {limit / 2**20:,.0f} MiB (--memory)")
        return []

    def _lost(self, worker: WorkerProcess, why: str) -> list[End]:
        """End an attempt without a result."""
        if worker in self.free:
            self.free.remove(worker)
            self._dismiss(worker)
            return []
        attempt = self.working.pop(worker)
        self._forget(worker)
        if why:
            worker.kill()
        ending = why or worker.ending(_GRACE)
        worker.kill()
        worker.drain()
        worker.close()
        return [End(attempt, why=ending + _place(worker.said), output=_innermost_last(worker.said), may_retry=True)]

    def _dismiss(self, worker: WorkerProcess) -> None:
        """Let a worker end by itself; `_reap` sees to it that it does."""
        self._forget(worker)
        worker.leave()
        self.leaving[worker] = time.monotonic() + _GRACE

    def _forget(self, worker: WorkerProcess) -> None:
        for registered in (worker.channel, worker.output):
            with suppress(KeyError, ValueError):
                self._selector.unregister(registered)
        self.since.pop(worker, None)

    def _reap(self) -> None:
        for worker, deadline in list(self.leaving.items()):
            if not worker.alive or time.monotonic() > deadline:
                worker.kill()
                worker.close()
                del self.leaving[worker]


def _innermost_last(output: str) -> str:
    """Text that a process wrote, with the stack that may end it turned round, as in a Python traceback."""
    before, begins, stack = output.rpartition(_STACK_BEGINS)
    lines = [line for line in stack.splitlines() if line.startswith("  File ")]
    return "\n".join([before + begins.replace("first", "last"), *reversed(lines)]) if begins else output


def _place(output: str) -> str:
    """Place where a process was, if it wrote its stack last: the innermost line outside of Python's own library."""
    library = str(Path(os.__file__).parent)
    stack = output.rpartition(_STACK_BEGINS)[2] if _STACK_BEGINS in output else ""
    lines = [(file, line) for file, line in _STACK_LINE.findall(stack) if not file.startswith(library)]
    return next((f" ({Path(file).name}:{line})" for file, line in lines), "")
