"""The worker processes of a run: who is free, who is at work on what, and how each attempt at a trial ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from selectors import EVENT_READ, DefaultSelector
from typing import Self

from seqbench.contracts.plain_text import plain_text
from seqbench.contracts.trial import TrialResult
from seqbench.data.dataset import Dataset
from seqbench.running.executors.attempts import Attempt, End
from seqbench.running.executors.descendants import ended_with_an_error
from seqbench.running.executors.executor import Progress
from seqbench.running.executors.messages import FORGED, LONGEST, Message, result_of
from seqbench.running.executors.shared_dataset import Packed, pack
from seqbench.running.executors.stacks import innermost_last, place_in
from seqbench.running.executors.worker_process import WorkerProcess, memory_of
from seqbench.running.result_check import checked_report

_TICK = 0.05  # seconds between two looks at clocks and memory
_GRACE = 2.0  # seconds that a worker has to end by itself
_SHOWN = 200  # letters of what was wrong with a message
_BYTES = 64  # of a result for each token, at most: one number of four bytes, and three of how sure a tagger is
_WRITING = 0.5  # seconds that a worker has to write where it hangs


@dataclass(eq=False)
class PooledWorker:
    """A worker process and its state: at work on `attempt` since a moment, free, or leaving until `deadline`."""

    worker: WorkerProcess
    attempt: Attempt | None = None
    since: float = 0.0
    deadline: float | None = None

    @property
    def free(self) -> bool:
        """Whether the worker waits for an attempt."""
        return self.attempt is None and self.deadline is None


@dataclass
class WorkerPool:
    """Worker processes, started when they are needed and kept for the next trial where they may be."""

    progress: Progress
    workers: list[PooledWorker] = field(default_factory=list)
    packed: dict[str, Packed] = field(default_factory=dict)

    @property
    def working(self) -> list[PooledWorker]:
        """Workers that are at work on an attempt."""
        return [pooled for pooled in self.workers if pooled.attempt is not None]

    def __enter__(self) -> Self:
        self._selector = DefaultSelector()
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers: those amid a trial at once, the others when they have ended properly or taken too long."""
        for pooled in self.working:
            self._end(pooled)
        for pooled in [pooled for pooled in self.workers if pooled.free]:
            self._dismiss(pooled)
        while self.workers:
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
        pooled = self._worker_for(attempt)
        worker, pooled.attempt, pooled.since = pooled.worker, attempt, time.monotonic()
        worker.written = b""
        worker.lines.longest = LONGEST + _BYTES * dataset.test.tokens
        with suppress(OSError):  # it is gone, which the next look finds
            worker.open(fingerprint, self.packed[fingerprint])
            worker.run(attempt.request, attempt.further)

    def wait(self) -> list[End]:
        """Attempts that have ended by now; waits a moment if none has."""
        ends = []
        for key, _ in self._selector.select(_TICK):
            if key.data in self.workers and key.data.deadline is None:
                ends += self._attend(key.data, key.fd)
        for pooled in self.working:
            ends += self._watched(pooled)
        self._reap()
        return ends

    def _worker_for(self, attempt: Attempt) -> PooledWorker:
        for pooled in [] if attempt.alone else [pooled for pooled in self.workers if pooled.free]:
            if pooled.worker.alive:
                return pooled
            self._dismiss(pooled)
        with ended_with_an_error():
            self.workers.append(pooled := PooledWorker(WorkerProcess.start(attempt.request.threads)))
        self._selector.register(pooled.worker.channel, EVENT_READ, pooled)
        self._selector.register(pooled.worker.output, EVENT_READ, pooled)
        return pooled

    def _attend(self, pooled: PooledWorker, descriptor: int) -> list[End]:
        """Hear or read what one worker sent."""
        if descriptor == pooled.worker.output:
            if not pooled.worker.read():
                self._selector.unregister(descriptor)
            return []
        return self._heard(pooled)

    def _heard(self, pooled: PooledWorker) -> list[End]:
        """Take a worker's messages; a result ends the attempt."""
        try:
            messages = pooled.worker.hear()
            if messages is None:
                return self._lost(pooled, "")
            results = [result for message in messages for result in self._taken(pooled, message)]
        except FORGED as error:
            said = plain_text(error)[:_SHOWN]
            return self._lost(pooled, f"its process said something that is no result ({said})")
        return [end for result in results for end in self._finished(pooled, result)]

    def _taken(self, pooled: PooledWorker, message: Message) -> Iterator[TrialResult]:
        match message.pop("say", None):
            case "ready" if not pooled.worker.ready:
                pooled.worker.ready = True
                pooled.since = time.monotonic()
            case "progress" if pooled.attempt is not None:
                if self.progress(pooled.attempt.request, checked_report(message["told"])):
                    pooled.worker.stop(pooled.attempt.request)
            case "result":
                yield result_of(message)
            case other:
                raise ValueError(f"{other!r} is no kind of message")

    def _finished(self, pooled: PooledWorker, result: TrialResult) -> list[End]:
        """A worker goes on to other trials unless a stranger's code ran in it or something went wrong."""
        attempt, pooled.attempt = pooled.attempt, None
        if attempt is None:  # a second result
            return []
        if attempt.alone or result.failure:
            self._dismiss(pooled)
        return [End(attempt, result)]

    def _watched(self, pooled: PooledWorker) -> list[End]:
        """End an attempt whose process is gone, or that takes more time or memory than it may."""
        attempt, worker = pooled.attempt, pooled.worker
        if attempt is None or not worker.alive:
            return self._heard(pooled)
        if attempt.timeout is not None and time.monotonic() - pooled.since > attempt.timeout:
            worker.show_stack()
            time.sleep(_WRITING)
            why = f"no result within {attempt.timeout:g} seconds (--timeout)"
            return [replace(end, may_retry=False) for end in self._lost(pooled, why)]
        limit = attempt.further["memory"]
        if limit is not None and memory_of([worker.process.pid]) > limit:
            return self._lost(pooled, f"its process used more memory than {limit / 2**20:,.0f} MiB (--memory)")
        return []

    def _lost(self, pooled: PooledWorker, why: str) -> list[End]:
        """End an attempt without a result."""
        attempt, worker = pooled.attempt, pooled.worker
        if attempt is None:
            self._dismiss(pooled)
            return []
        self._forget(pooled)
        ending = why or worker.ending(_GRACE)
        worker.kill()
        worker.drain()
        self._end(pooled)
        return [End(attempt, why=ending + place_in(worker.said), output=innermost_last(worker.said), may_retry=True)]

    def _dismiss(self, pooled: PooledWorker) -> None:
        """Let a worker end by itself; `_reap` sees to it that it does."""
        self._forget(pooled)
        pooled.worker.leave()
        pooled.deadline = time.monotonic() + _GRACE

    def _forget(self, pooled: PooledWorker) -> None:
        for registered in (pooled.worker.channel, pooled.worker.output):
            with suppress(KeyError, ValueError):
                self._selector.unregister(registered)

    def _reap(self) -> None:
        for pooled in list(self.workers):
            if pooled.deadline is not None and (not pooled.worker.alive or time.monotonic() > pooled.deadline):
                self._end(pooled)

    def _end(self, pooled: PooledWorker) -> None:
        pooled.worker.kill()
        pooled.worker.close()
        self.workers.remove(pooled)
