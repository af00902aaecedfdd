"""What a metric is, and what it may look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Ids, Offsets

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Outcome:
    """What a metric may look at: tag ids (tokens,) of gold and prediction, sentence offsets, and what train knew.

    `tags` names the ids: the training set's first (`learned` of them), then those that only the test set has. `known`
    and `ambiguous` (tokens,) say whether the word occurs in train, and there with two or more tags; `repeated`
    (sentences,) whether the whole sentence does, and is empty where none does.
    """

    tags: tuple[str, ...]
    learned: int
    gold: Ids
    predicted: Ids
    offsets: Offsets
    known: Flags
    ambiguous: Flags
    repeated: Flags = field(default_factory=lambda: np.zeros(0, bool))


@runtime_checkable
class Countable(Protocol):
    """A metric that is a function of counts summed over sentences, so that it can be recounted from resampled ones.

    Registered like any other metric (it is one: called with an outcome it gives a number), it also gets intervals and
    tests. Both methods answer None where the metric does not apply; `metric(outcome)` must equal
    `metric.score(metric.counts(outcome).sum(0))`.
    """

    def __call__(self, outcome: Outcome) -> float | None:
        """The score of an outcome, a fraction of 1."""
        ...

    def counts(self, outcome: Outcome) -> NDArray[np.int64] | None:
        """What each sentence adds: (sentences, quantities), the same quantities for outcomes with the same `tags`."""
        ...

    def score(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Summed counts to scores: (..., quantities) -> (...); counts times a number must give the same score."""
        ...
