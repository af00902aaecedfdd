"""Progress of a tagger that learns in passes: what it reports, with its accuracy on dev if there is one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from seqbench import Conditions, Sequences


@dataclass(frozen=True)
class Progress:
    """Reports under these conditions; dev is tagged by `predict`, which answers with tag ids."""

    conditions: Conditions
    predict: Callable[[Sequences], Sequences]

    def report(self, *, epoch: int, tokens: int, loss: float) -> bool:
        """Tell one pass; True asks to stop."""
        start = time.process_time()
        accuracy = self._dev_accuracy()
        seconds = time.process_time() - start
        told = self.conditions.report
        return told(epoch=epoch, tokens=tokens, loss=loss, dev_accuracy=accuracy, dev_seconds=seconds)

    def _dev_accuracy(self) -> float | None:
        dev = self.conditions.dev
        if dev is None or not dev.tokens:
            return None
        return float(np.mean(self.predict(dev.sentences).ids == dev.tags.ids))
