"""Counts of all models on a dataset by one metric, in the units that are resampled."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.bootstrap import Resampled
from seqbench.comparing.statistics.estimate import Part
from seqbench.comparing.statistics.resampling import Draws
from seqbench.comparing.statistics.t_test_over_seeds import Learner, by_text
from seqbench.contracts.metric import Countable
from seqbench.data.corpus import Offsets
from seqbench.errors import SeqbenchError
from seqbench.results.predictions import ModelPredictions, Predictions
from seqbench.scoring.reference import AnyIds, CanBeUnsteady, CountsSeedsAtOnce
from seqbench.scoring.sentence_counts import Counts, Floats, Integers

ENOUGH_DOCUMENTS = 6
"""Of fewer documents no way to exchange the answers of two models is rare enough to decide anything at 5 %."""

DOCUMENTS = "documents"

DRAWS = Draws()


@dataclass(frozen=True, eq=False)
class Units:
    """Units that are resampled: `starts` (units + 1,) are the sentences that open one, `kind` says what a unit is."""

    starts: Offsets
    kind: str
    marked: bool = False

    @classmethod
    def of(cls, predictions: Predictions, *, sentences: bool = False) -> Units:
        """Documents where two or more are marked, else, or if `sentences` are wanted, sentences."""
        count, documents = len(predictions.reference.offsets) - 1, len(predictions.documents)
        if documents > 1 and not sentences:
            return cls(np.union1d(predictions.documents, [0, count]), DOCUMENTS, marked=True)
        return cls(np.arange(count + 1), "sentences", marked=documents > 1)

    @property
    def undecided(self) -> str | None:
        """Reason why so few units decide nothing; None where there are enough."""
        if self.kind != DOCUMENTS or len(self.starts) > ENOUGH_DOCUMENTS:
            return None
        least = f"it takes {ENOUGH_DOCUMENTS} documents; --units sentences takes sentences as independent"
        return f"{len(self.starts) - 1} documents are too few to decide anything by document: {least}"

    def __str__(self) -> str:
        return f"{len(self.starts) - 1:,} {self.kind}"

    def summed(self, counts: Integers) -> Integers:
        """(..., sentences, quantities) -> (..., units, quantities)."""
        if len(self.starts) == counts.shape[-2] + 1:
            return counts
        return np.add.reduceat(counts, self.starts[:-1], axis=-2)


@dataclass(frozen=True, eq=False)
class Measured:
    """The counts of every seed of every complete model, by one metric.

    `unsteady` is a reason why the metric's scores on resampled test sets are no measure of its error.
    """

    predictions: Predictions
    units: Units
    metric: str
    counts: Counts
    unsteady: str | None = None
    _by_text: dict[tuple[int, int], Part] = field(default_factory=dict, init=False, repr=False)

    @property
    def models(self) -> list[ModelPredictions]:
        """The models, in the order of the counts."""
        return list(self.predictions.models)

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
        """The learner behind each model."""
        return self.learners_on(self.resampled)

    def by_text(self, pair: tuple[int, int]) -> Part:
        """The part of the error of a pair's difference that is by the text."""
        if pair not in self._by_text:
            first, second = (self.learners[number].on_resampled for number in pair)
            self._by_text[pair] = by_text(first - second, self.counts.units)
        return self._by_text[pair]

    def learners_on(self, drawn: Resampled) -> list[Learner]:
        """The learner behind each model, on these resampled test sets."""
        by_model = np.ascontiguousarray(drawn.models.T)
        columns = zip(self.scores, by_model, drawn.by_text.tolist(), strict=True)
        return [Learner(scores=s, on_resampled=resampled, by_text=b) for s, resampled, b in columns]

    @property
    def step(self) -> float:
        """The least difference of two answers: one token of an accuracy, of other metrics a whole unit."""
        return 1 / float(self.counts.units if self.counts.whole is None else self.counts.whole.sum())

    def right(self, model: int) -> NDArray[np.bool_]:
        """Tokens that the first seed of a model has right: (tokens,)."""
        right: NDArray[np.bool_] = self.models[model].ids[0] == self.predictions.reference.gold
        return right

    def unlike(self, pair: tuple[int, int]) -> float | None:
        """Share of tokens that the first seed of one model alone has right; None where the score is no accuracy."""
        if self.metric != "accuracy":
            return None
        first, second = (self.right(model) for model in pair)
        return float((first != second).mean())


def measure(predictions: Predictions, name: str, metric: Countable, units: Units | None = None) -> Measured | None:
    """The counts of all models, of which all trials are finished; None where the metric does not apply to one of them.

    Raises `SeqbenchError` if the metric raises.
    """
    units = units or Units.of(predictions)
    try:
        each = [_counted(predictions, units, metric, model.ids) for model in predictions.models]
        models = tuple(counts for counts in each if counts is not None)
        if len(models) < len(each):
            return None
        counts = Counts(models, metric.score)
        _ = counts.scores  # they are kept
    except Exception as error:
        dataset = predictions.dataset.name
        raise SeqbenchError(f"metric {name!r} cannot count {dataset}: {type(error).__name__}: {error}") from error
    unsteady = metric.unsteady(models, predictions.tags) if isinstance(metric, CanBeUnsteady) else None
    return Measured(predictions, units, name, counts, unsteady)


def _counted(predictions: Predictions, units: Units, metric: Countable, ids: AnyIds) -> Integers | None:
    """(seeds, tokens) -> (seeds, units, quantities)."""
    if isinstance(metric, CountsSeedsAtOnce):
        counts = metric.counts_of_seeds(predictions.reference, ids)
        return None if counts is None else units.summed(counts)
    of_seeds = [metric.counts(predictions.reference.outcome(seed)) for seed in ids]
    summed = [units.summed(counts) for counts in of_seeds if counts is not None]
    return np.stack(summed) if len(summed) == len(of_seeds) else None
