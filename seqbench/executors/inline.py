"""Runs trials one after the other in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from seqbench.corpus import Dataset
from seqbench.executors import Begin, Progress, TrialRequest, TrialResult
from seqbench.executors.trial import perform
from seqbench.registry import Registry


@dataclass(frozen=True)
class Inline:
    """This process; datasets are at hand, by fingerprint."""

    registry: Registry
    datasets: Mapping[str, Dataset]

    def run(
        self, requests: Iterable[TrialRequest], begin: Begin, progress: Progress
    ) -> Iterator[tuple[TrialRequest, TrialResult]]:
        """See `Executor.run`."""
        for request in requests:
            begin(request)
            dataset = self.datasets[request.dataset.fingerprint]
            yield request, perform(request, dataset, self.registry, partial(progress, request))
