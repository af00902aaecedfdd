"""Runs trials one after the other in this process."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.registry.discovery import Registry
from seqbench.running.executors.executor import Begin, Progress
from seqbench.running.trial import perform

_PAUSE = 0.2  # seconds until the next question whether a trial is free


@dataclass(frozen=True)
class Inline:
    """Executor in this process; datasets are at hand, by fingerprint."""

    registry: Registry
    datasets: Mapping[str, Dataset]

    def run(
        self, requests: Iterable[TrialRequest | None], begin: Begin, progress: Progress
    ) -> Generator[tuple[TrialRequest, TrialResult]]:
        """See `Executor.run`."""
        for request in requests:
            if request is None:
                time.sleep(_PAUSE)
                continue
            begin(request)
            dataset = self.datasets[request.dataset.fingerprint]
            yield request, perform(request, dataset, self.registry, partial(progress, request))
