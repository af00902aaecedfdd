"""An attempt at a trial in a worker process, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.results.records import Json


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
