"""What the finished models of one dataset predicted, read back from runs, and what a metric counts in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.bootstrap import Resampled
from seqbench.comparing.statistics.resampling import Draws
from seqbench.comparing.statistics.t_test_over_seeds import Learner
from seqbench.contracts.metric import Countable
from seqbench.errors import SeqbenchError
from seqbench.results import predictions
from seqbench.results.rows import Results, Row
from seqbench.results.store import Store
from seqbench.scoring.reference import CountsSeedsAtOnce, Reference
from seqbench.scoring.sentence_counts import Counts, Floats, Integers

_ENOUGH_DOCUMENTS = 20
"""Fewer documents cannot be resampled to any purpose: then sentences are."""

DRAWS = Draws()


@dataclass(frozen=True, eq=False)
class Evidence:
    """The predictions (seeds, tokens) of each finished model, and the units that are resampled.

    `starts` (units + 1,) numbers the sentences that open a unit; `units` says what they are: sentences or documents.
    `fixed` are the models that no seed changes. Predictions are read from `stores` when they are first asked for.
    """

    dataset: str
    fingerprint: str
    rows: Sequence[Row]
    stores: Sequence[Store]
    reference: Reference
    starts: Integers
    units: str

    @property
    def labels(self) -> list[str]:
        """The models."""
        return [row.model for row in self.rows]

    @property
    def fixed(self) -> frozenset[int]:
        """Those that no seed changes, by number."""
        return frozenset(number for number, row in enumerate(self.rows) if row.deterministic)

    @cached_property
    def predicted(self) -> list[NDArray[np.integer[Any]]]:
        """Tag ids (seeds, tokens) of each model."""
        return [predictions.predictions(self.stores, row) for row in self.rows]

    @property
    def seeds(self) -> list[int]:
        """How many of each model."""
        return [len(row.seeds) for row in self.rows]

    def right(self, model: int) -> NDArray[np.bool_]:
        """Which tokens the first seed of a model has right: (tokens,)."""
        found: NDArray[np.bool_] = self.predicted[model][0] == self.reference.gold
        return found

    def measured(self, name: str, metric: Countable) -> Measured | None:
        """Counts of every seed of every model; None where the metric does not apply to one of them.

        `SeqbenchError` where a metric raises.
        """
        predicted = self.predicted
        try:
            models = [self._counted(metric, seeds) for seeds in predicted]
            there = tuple(model for model in models if model is not None)
            if len(there) < len(models):
                return None
            counts = Counts(there, metric.score)
            _ = counts.scores  # they are kept
        except Exception as error:
            message = f"metric {name!r} cannot count {self.dataset}: {type(error).__name__}: {error}"
            raise SeqbenchError(message) from error
        return Measured(self, name, counts)

    def _counted(self, metric: Countable, predicted: NDArray[np.integer[Any]]) -> Integers | None:
        """(seeds, tokens) -> (seeds, units, quantities)."""
        if isinstance(metric, CountsSeedsAtOnce):
            found = metric.counts_of_seeds(self.reference, predicted)
            return None if found is None else self._by_unit(found)
        of_seeds = [metric.counts(self.reference.outcome(one)) for one in predicted]
        there = [self._by_unit(one) for one in of_seeds if one is not None]
        return np.stack(there) if len(there) == len(of_seeds) else None

    def _by_unit(self, counts: Integers) -> Integers:
        """(..., sentences, quantities) -> (..., units, quantities)."""
        if len(self.starts) == counts.shape[-2] + 1:
            return counts
        return np.add.reduceat(counts, self.starts[:-1], axis=-2)


@dataclass(frozen=True, eq=False)
class Measured:
    """One metric's view of the evidence."""

    evidence: Evidence
    metric: str
    counts: Counts

    @property
    def scores(self) -> list[Floats]:
        """The score of each seed of each model: (seeds,)."""
        return self.counts.scores

    @cached_property
    def resampled(self) -> Resampled:
        """Scores on resampled test sets."""
        return Resampled.of(self.counts, DRAWS)

    @cached_property
    def means(self) -> list[float]:
        """The mean over the seeds of each model."""
        return [float(scores.mean()) for scores in self.scores]

    @cached_property
    def learners(self) -> list[Learner]:
        """What is known of the learner behind each model."""
        drawn = self.resampled
        return [Learner(*one) for one in zip(self.scores, drawn.models.T, drawn.by_text.tolist(), strict=True)]


def evidence(stores: Sequence[Store], results: Results) -> list[Evidence]:
    """For each dataset with a finished model."""
    return [found for dataset in results.datasets if (found := _evidence(stores, results, dataset)) is not None]


def _evidence(stores: Sequence[Store], results: Results, dataset: Mapping[str, Any]) -> Evidence | None:
    rows = [r for r in results.rows if r.fingerprint == dataset["fingerprint"] and r.status == "finished"]
    if not rows:
        return None
    reference = predictions.reference(stores, dataset["fingerprint"])
    starts = _starts(predictions.documents(stores, dataset["fingerprint"]), len(reference.offsets) - 1)
    kind = "sentences" if len(starts) == len(reference.offsets) else "documents"
    return Evidence(dataset["name"], dataset["fingerprint"], rows, stores, reference, starts, kind)


def _starts(documents: Integers, sentences: int) -> Integers:
    """Documents where many are marked, else sentences."""
    if len(documents) >= _ENOUGH_DOCUMENTS:
        return np.union1d(documents, [0, sentences])
    return np.arange(sentences + 1)
