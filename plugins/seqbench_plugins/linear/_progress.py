"""Progress of a tagger that learns in passes: what it reports, with its scores on dev if there is one."""

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
        scores = self._on_dev(tag)
        seconds = time.process_time() - start
        return self.conditions.report(epoch=epoch, tokens=tokens, loss=loss, dev_seconds=seconds, **scores)

    def _on_dev(self, tag: Callable[[Sequences], Ids]) -> dict[str, float]:
        dev, metric = self.conditions.dev, self.conditions.metric
        if dev is None or not dev.tokens:
            return {}
        ids = tag(dev.sentences)
        score = metric(Sequences(ids, dev.tags.offsets, dev.tags.vocabulary), dev.tags)
        return {"dev_accuracy": float(np.mean(ids == dev.tags.ids)), "dev_score": score}
