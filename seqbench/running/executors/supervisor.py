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
class Post:
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
class Crew:
    """Worker processes, started when they are needed and kept for the next trial where they may be."""

    progress: Progress
    posts: list[Post] = field(default_factory=list)
    packed: dict[str, Packed] = field(default_factory=dict)

    @property
    def working(self) -> list[Post]:
        """Workers that are at work on an attempt."""
        return [post for post in self.posts if post.attempt is not None]

    def __enter__(self) -> Self:
        self._selector = DefaultSelector()
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers: those amid a trial at once, the others when they have ended properly or taken too long."""
        for post in self.working:
            self._end(post)
        for post in [post for post in self.posts if post.free]:
            self._dismiss(post)
        while self.posts:
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
        post = self._post(attempt)
        worker, post.attempt, post.since = post.worker, attempt, time.monotonic()
        worker.written = b""
        worker.lines.longest = LONGEST + _BYTES * dataset.test.tokens
        with suppress(OSError):  # it is gone, which the next look finds
            worker.open(fingerprint, self.packed[fingerprint])
            worker.run(attempt.request, attempt.further)

    def wait(self) -> list[End]:
        """Attempts that have ended by now; waits a moment if none has."""
        ends = []
        for key, _ in self._selector.select(_TICK):
            if key.data in self.posts and key.data.deadline is None:
                ends += self._attend(key.data, key.fd)
        for post in self.working:
            ends += self._watched(post)
        self._reap()
        return ends

    def _post(self, attempt: Attempt) -> Post:
        for post in [] if attempt.alone else [post for post in self.posts if post.free]:
            if post.worker.alive:
                return post
            self._dismiss(post)
        with ended_with_an_error():
            self.posts.append(post := Post(WorkerProcess.start(attempt.request.threads)))
        self._selector.register(post.worker.channel, EVENT_READ, post)
        self._selector.register(post.worker.output, EVENT_READ, post)
        return post

    def _attend(self, post: Post, descriptor: int) -> list[End]:
        """Hear or read what one worker sent."""
        if descriptor == post.worker.output:
            if not post.worker.read():
                self._selector.unregister(descriptor)
            return []
        return self._heard(post)

    def _heard(self, post: Post) -> list[End]:
        """Take a worker's messages; a result ends the attempt."""
        try:
            messages = post.worker.hear()
            if messages is None:
                return self._lost(post, "")
            results = [result for message in messages for result in self._taken(post, message)]
        except FORGED as error:
            said = plain_text(error)[:_SHOWN]
            return self._lost(post, f"its process said something that is no result ({said})")
        return [end for result in results for end in self._finished(post, result)]

    def _taken(self, post: Post, message: Message) -> Iterator[TrialResult]:
        match message.pop("say", None):
            case "ready" if not post.worker.ready:
                post.worker.ready = True
                post.since = time.monotonic()
            case "progress" if post.attempt is not None:
                if self.progress(post.attempt.request, checked_report(message["told"])):
                    post.worker.stop(post.attempt.request)
            case "result":
                yield result_of(message)
            case other:
                raise ValueError(f"{other!r} is no kind of message")

    def _finished(self, post: Post, result: TrialResult) -> list[End]:
        """A worker goes on to other trials unless a stranger's code ran in it or something went wrong."""
        attempt, post.attempt = post.attempt, None
        if attempt is None:  # a second result
            return []
        if attempt.alone or result.failure:
            self._dismiss(post)
        return [End(attempt, result)]

    def _watched(self, post: Post) -> list[End]:
        """End an attempt whose process is gone, or that takes more time or memory than it may."""
        attempt, worker = post.attempt, post.worker
        if attempt is None or not worker.alive:
            return self._heard(post)
        if attempt.timeout is not None and time.monotonic() - post.since > attempt.timeout:
            worker.show_stack()
            time.sleep(_WRITING)
            why = f"no result within {attempt.timeout:g} seconds (--timeout)"
            return [replace(end, may_retry=False) for end in self._lost(post, why)]
        limit = attempt.further["memory"]
        if limit is not None and memory_of([worker.process.pid]) > limit:
            return self._lost(post, f"its process used more memory than {limit / 2**20:,.0f} MiB (--memory)")
        return []

    def _lost(self, post: Post, why: str) -> list[End]:
        """End an attempt without a result."""
        attempt, worker = post.attempt, post.worker
        if attempt is None:
            self._dismiss(post)
            return []
        self._forget(post)
        ending = why or worker.ending(_GRACE)
        worker.kill()
        worker.drain()
        self._end(post)
        return [End(attempt, why=ending + place_in(worker.said), output=innermost_last(worker.said), may_retry=True)]

    def _dismiss(self, post: Post) -> None:
        """Let a worker end by itself; `_reap` sees to it that it does."""
        self._forget(post)
        post.worker.leave()
        post.deadline = time.monotonic() + _GRACE

    def _forget(self, post: Post) -> None:
        for registered in (post.worker.channel, post.worker.output):
            with suppress(KeyError, ValueError):
                self._selector.unregister(registered)

    def _reap(self) -> None:
        for post in list(self.posts):
            if post.deadline is not None and (not post.worker.alive or time.monotonic() > post.deadline):
                self._end(post)

    def _end(self, post: Post) -> None:
        post.worker.kill()
        post.worker.close()
        self.posts.remove(post)
