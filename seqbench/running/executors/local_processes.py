"""Runs trials in worker processes of this machine, which a bad plugin can bring down without harm to any other trial.

seqbench's own taggers share workers that are started once. A tagger from outside gets a fresh worker for each trial,
which is ended afterwards: what it changed in its process (generators, thread counts, other modules) ends with it. A
worker loads of all strangers' plugins only those that its trial names.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from seqbench.contracts.trial import Failure, Selection, TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry, Plugin
from seqbench.registry.specs import parse
from seqbench.running.executors.attempts import Attempt, End
from seqbench.running.executors.executor import Begin, Progress
from seqbench.running.executors.worker_pool import WorkerPool

_ATTEMPTS = 2
_BETWEEN_NAMES = re.compile(r"[=(),\s\"'\[\]{}]+")


@dataclass
class LocalProcesses:
    """`jobs` processes at once; the datasets are written once, and mapped by all of them.

    A trial may take `timeout` seconds of wall time, its process `memory` bytes. With `each` every trial has a process
    of its own, as the trials of strangers have.
    """

    registry: Registry
    datasets: Mapping[str, Dataset]
    jobs: int = 1
    timeout: float | None = None
    memory: int | None = None
    each: bool = False

    def run(
        self, requests: Iterable[TrialRequest | None], begin: Begin, progress: Progress
    ) -> Generator[tuple[TrialRequest, TrialResult]]:
        """See `Executor.run`. A trial whose worker died is tried once more, one that took too long is not."""
        waiting, again, more = iter(requests), deque[Attempt](), True
        with WorkerPool(progress) as pool:
            over: list[End] = []
            while more or again or pool.working or over:
                while len(pool.working) < self.jobs and (again or more):
                    attempt, more = (again.popleft(), more) if again else self._next(waiting, begin)
                    if attempt is None:
                        break
                    pool.give(attempt, self.datasets[attempt.request.dataset.fingerprint])
                for end in over:  # now that all workers have something to do
                    yield end.attempt.request, self._result(end)
                ends = pool.wait()
                over = [end for end in ends if not end.may_retry or end.attempt.number == _ATTEMPTS]
                again.extend(end.attempt.again() for end in ends if end not in over)

    def _next(self, waiting: Iterator[TrialRequest | None], begin: Begin) -> tuple[Attempt | None, bool]:
        """The next trial, if there is one that can be begun now; whether there may be more."""
        try:
            request = next(waiting)
        except StopIteration:
            return None, False
        if request is None:
            return None, True
        begin(request)
        return self._attempt(request), True

    def _attempt(self, request: TrialRequest) -> Attempt:
        plugin = self.registry.tagger(parse(request.spec).name).plugin
        needed = strangers(request.spec, self.registry) | choosing(request.select, self.registry)
        further = {
            **needed_by(needed, self.registry),
            "memory": self.memory,
            "plugin": {"plugin": plugin.name, "version": plugin.version},
        }
        return Attempt(request, further, alone=self.each or bool(needed), timeout=self.timeout)

    def _result(self, end: End) -> TrialResult:
        if end.result is not None:
            failure = end.result.failure  # a worker knows fewer plugins, perhaps by shorter names
            named = replace(failure, **end.attempt.further["plugin"]) if failure else None
            return replace(end.result, failure=named)
        tried = f", {end.attempt.number} times" if end.attempt.number > 1 else ""
        failure = Failure(**end.attempt.further["plugin"], error=end.why + tried, traceback=end.output)
        return TrialResult(failure=failure)


def needed_by(plugins: Collection[Plugin], registry: Registry) -> dict[str, list[str]]:
    """Needs of a worker for these plugins: entry points and files to load, and plugins to leave out."""
    return {
        "points": sorted(plugin.name for plugin in plugins if plugin.file is None),
        "files": sorted(str(plugin.file) for plugin in plugins if plugin.file is not None),
        "without": list(registry.without),
    }


def strangers(spec: str, registry: Registry) -> set[Plugin]:
    """The plugins from outside that a spec may need, members of members included: those whose taggers it names."""
    return {entry.plugin for entry in entries_in(spec, registry) if entry.plugin.from_outside}


def choosing(select: Selection | None, registry: Registry) -> set[Plugin]:
    """The plugin from outside, if any, whose metric chooses on dev."""
    entry = registry.metrics.get(select.metric) if select and not select.scheme else None
    return {entry.plugin} if entry and entry.plugin.from_outside else set()


def entries_in(spec: str, registry: Registry) -> list[Entry]:
    """Taggers that a spec may need: its own, even where a plugin was lost with it, and all whose names stand in it."""
    entries = {word: registry.find(word) for word in _BETWEEN_NAMES.split(spec)}
    own = registry.tagger(parse(spec).name)
    return [own, *(entry for entry in entries.values() if entry is not None and entry is not own)]
