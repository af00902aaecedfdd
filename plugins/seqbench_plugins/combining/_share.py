"""A part of a budget for one of several taggers that are fitted one after the other."""

from __future__ import annotations

import time
from dataclasses import replace

from seqbench import Conditions


class Share:
    """A report that is passed on, and asks a member to stop when its share of the budget is used up."""

    def __init__(self, conditions: Conditions, seconds: float | None) -> None:
        self._report, self._seconds = conditions.report, seconds
        self._clock = time.process_time if conditions.device == "cpu" else time.perf_counter
        self._start = self._clock()

    def __call__(self, **step: float | None) -> bool:
        """See `seqbench.contracts.tagger.Report`."""
        used_up = self._seconds is not None and self._clock() - self._start >= self._seconds
        return self._report(**step) or used_up  # type: ignore[arg-type]


def shared(conditions: Conditions) -> Conditions:
    """The conditions of one of several parts, whose share of the budget is that of the conditions."""
    return replace(conditions, report=Share(conditions, conditions.budget))
