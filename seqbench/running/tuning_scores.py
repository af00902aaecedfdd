"""Scores of a search: on the sentences of dev that choose hyperparameters, and on those that were held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Countable
from seqbench.contracts.trial import Selection
from seqbench.data.corpus import Corpus, Ids, Sequences
from seqbench.data.dataset import Dataset
from seqbench.registry.discovery import Registry
from seqbench.scoring.reference import Reference
from seqbench.scoring.selection import countable, dev_metric


@dataclass(frozen=True, eq=False)
class TuningScores:
    """Scores of predictions for the test set of a search (see `data.cross_validation.on_dev`), by one metric."""

    dataset: Dataset
    selection: Selection
    registry: Registry

    def choosing(self, predicted: Ids) -> float:
        """The score on the sentences that choose."""
        return self._score(predicted, slice(0, self._choosing))

    def held_out(self, predicted: Ids) -> float | None:
        """The score on the sentences that were held out; None if none were."""
        sentences = len(self.dataset.test)
        return self._score(predicted, slice(self._choosing, sentences)) if self._choosing < sentences else None

    def counts(self, predictions: Sequence[Ids]) -> tuple[NDArray[np.int64], Countable] | None:
        """Counts (predictions, sentences that choose, quantities), with their metric; None if it has no counts."""
        metric = countable(self.selection, self.registry)
        if metric is None:
            return None
        reference = Reference.of(self.dataset)
        counts = [metric.counts(reference.outcome(predicted)) for predicted in predictions]
        whole = [count[: self._choosing] for count in counts if count is not None]
        return (np.stack(whole), metric) if whole and len(whole) == len(counts) else None

    @property
    def _choosing(self) -> int:
        return len(self.dataset.dev) if self.dataset.dev is not None else 0

    def _score(self, predicted: Ids, part: slice) -> float:
        test = self.dataset.test
        answer = Sequences(predicted.astype(np.int32), test.tags.offsets, test.tags.vocabulary)[part]
        gold = Corpus(test.sentences[part], test.tags[part])
        metric = dev_metric(self.selection, replace(self.dataset, dev=gold), self.registry)
        return max(0.0, metric(answer, gold.tags))
