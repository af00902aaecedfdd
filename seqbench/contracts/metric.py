"""Metrics: functions of an outcome, which holds all that a metric may look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Ids, Offsets

Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class SpanSettings:
    """How spans are read from tags: `scheme` by its name (None: detected), `policy` for illegal sequences.

    Spans of the types in `without` do not count, neither in gold nor in a prediction.
    """

    scheme: str | None = None
    policy: str = "conlleval"
    without: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Tag ids (tokens,) of gold and prediction, sentence offsets, and what of the test set occurs in train.

    `tags` names the ids: first the tags of the training set (`learned` of them), then tags that only the test set has.
    `known` and `ambiguous` (tokens,) tell whether the word occurs in train, and there with two or more tags; `repeated`
    (sentences,) whether the whole sentence does, and is empty if none does. `spans` says how spans are to be read.
    """

    tags: tuple[str, ...]
    learned: int
    gold: Ids
    predicted: Ids
    offsets: Offsets
    known: Flags
    ambiguous: Flags
    repeated: Flags = field(default_factory=lambda: np.zeros(0, bool))
    spans: SpanSettings = field(default_factory=SpanSettings)


@runtime_checkable
class Countable(Protocol):
    """A metric that is a function of counts summed over sentences, so that it can be recounted from resampled ones.

    Such a metric is registered like any other and gives a number for an outcome; beyond that it gets intervals and
    tests. A metric that does not apply gives None, as score and as counts. `metric(outcome)` must equal
    `metric.score(metric.counts(outcome).sum(0))`.
    """

    def __call__(self, outcome: Outcome) -> float | None:
        """Score of an outcome, a fraction of 1; None if the metric does not apply."""
        ...

    def counts(self, outcome: Outcome) -> NDArray[np.int64] | None:
        """Counts of each sentence: (sentences, quantities), the same quantities for outcomes with the same `tags`."""
        ...

    def score(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of summed counts: (..., quantities) -> (...); counts times a number must give the same score."""
        ...
