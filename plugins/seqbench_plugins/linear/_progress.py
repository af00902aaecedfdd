"""Progress of a tagger that learns in passes: what it reports, with its accuracy on dev if there is one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from seqbench import Conditions, Ids, Sequences


@dataclass(frozen=True)
class Progress:
    """Reports under the conditions of a run."""

    conditions: Conditions

    def report(self, tag: Callable[[Sequences], Ids], *, epoch: int, tokens: int, loss: float) -> bool:
        """Tell one pass, after which `tag` gives the tag ids of sentences; True where the tagger is to stop."""
        start = time.process_time()
        accuracy = self._dev_accuracy(tag)
        seconds = time.process_time() - start
        report = self.conditions.report
        return report(epoch=epoch, tokens=tokens, loss=loss, dev_accuracy=accuracy, dev_seconds=seconds)

    def _dev_accuracy(self, tag: Callable[[Sequences], Ids]) -> float | None:
        dev = self.conditions.dev
        if dev is None or not dev.tokens:
            return None
        return float(np.mean(tag(dev.sentences) == dev.tags.ids))
