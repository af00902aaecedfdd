"""What the finished models of one dataset predicted, read back from runs, and what a metric counts in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench import outcomes
from seqbench.errors import SeqbenchError
from seqbench.metrics import Countable, Reference
from seqbench.results import Results
from seqbench.statistics.counts import Counts, Floats, Integers
from seqbench.statistics.intervals import resampled
from seqbench.statistics.learners import Learner
from seqbench.statistics.resampling import Draws
from seqbench.store import Store

_ENOUGH_DOCUMENTS = 20
"""Fewer documents cannot be resampled to any purpose: then sentences are."""

DRAWS = Draws()


@dataclass(frozen=True, eq=False)
class Evidence:
    """The predictions (seeds, tokens) of each finished model, and the units that are resampled.

    `starts` (units + 1,) numbers the sentences that open a unit; `units` says what they are: sentences or documents.
    `fixed` are the models that no seed changes.
    """

    dataset: str
    fingerprint: str
    labels: list[str]
    predicted: list[NDArray[np.int32]]
    reference: Reference
    starts: Integers
    units: str
    fixed: frozenset[int] = frozenset()

    @property
    def seeds(self) -> list[int]:
        """How many of each model."""
        return [len(one) for one in self.predicted]

    def right(self, model: int) -> NDArray[np.bool_]:
        """Which tokens the first seed of a model has right: (tokens,)."""
        found: NDArray[np.bool_] = self.predicted[model][0] == self.reference.gold
        return found

    def measured(self, name: str, metric: Countable) -> Measured | None:
        """Counts of every seed of every model; None where the metric does not apply to one of them.

        `SeqbenchError` where a metric raises.
        """
        try:
            models = [[metric.counts(self.reference.outcome(one)) for one in seeds] for seeds in self.predicted]
        except Exception as error:
            message = f"metric {name!r} cannot count {self.dataset}: {type(error).__name__}: {error}"
            raise SeqbenchError(message) from error
        by_unit = [[self._by_unit(one) for one in seeds if one is not None] for seeds in models]
        if any(len(there) < len(seeds) for there, seeds in zip(by_unit, models, strict=True)):
            return None
        return Measured(self, name, Counts(tuple(np.stack(seeds) for seeds in by_unit), metric.score))

    def _by_unit(self, counts: Integers) -> Integers:
        """(sentences, quantities) -> (units, quantities)."""
        if len(self.starts) == len(counts) + 1:
            return counts
        return np.add.reduceat(counts, self.starts[:-1], axis=0)


@dataclass(frozen=True, eq=False)
class Measured:
    """One metric's view of the evidence."""

    evidence: Evidence
    metric: str
    counts: Counts

    @cached_property
    def scores(self) -> list[Floats]:
        """The score of each seed of each model: (seeds,)."""
        return self.counts.scores()

    @cached_property
    def drawn(self) -> list[Floats]:
        """Scores (draws, seeds) of each model on resampled test sets."""
        return resampled([self.counts], DRAWS)[0]

    @property
    def means(self) -> list[float]:
        """The mean over the seeds of each model."""
        return [float(scores.mean()) for scores in self.scores]

    @cached_property
    def learners(self) -> list[Learner]:
        """What is known of the learner behind each model."""
        return [Learner(*one) for one in zip(self.scores, self.drawn, strict=True)]


def evidence(stores: Sequence[Store], results: Results) -> list[Evidence]:
    """For each dataset with a finished model."""
    return [found for dataset in results.datasets if (found := _evidence(stores, results, dataset)) is not None]


def _evidence(stores: Sequence[Store], results: Results, dataset: Mapping[str, Any]) -> Evidence | None:
    rows = [r for r in results.rows if r.fingerprint == dataset["fingerprint"] and r.status == "finished"]
    if not rows:
        return None
    reference = outcomes.reference(stores, dataset["fingerprint"])
    starts = _starts(outcomes.documents(stores, dataset["fingerprint"]), len(reference.offsets) - 1)
    kind = "sentences" if len(starts) == len(reference.offsets) else "documents"
    predicted = [np.stack([one["predicted"] for one in outcomes.arrays(stores, row)]) for row in rows]
    labels = [row.model for row in rows]
    fixed = frozenset(number for number, row in enumerate(rows) if row.deterministic)
    return Evidence(dataset["name"], dataset["fingerprint"], labels, predicted, reference, starts, kind, fixed)


def _starts(documents: Integers, sentences: int) -> Integers:
    """Documents where many are marked, else sentences."""
    if len(documents) >= _ENOUGH_DOCUMENTS:
        return np.union1d(documents, [0, sentences])
    return np.arange(sentences + 1)
