"""Measures that a gate tests by: any score, the F1 of one tag, or a quantity that probabilities tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seqbench.comparing.gate_quantities import OF_A_TAG, QUANTITIES, OneTagF1, by_probabilities
from seqbench.comparing.unit_counts import Measured, Units, measure
from seqbench.results.listing import Listing
from seqbench.results.predictions import Predictions


@dataclass(frozen=True)
class GateMeasure:
    """Measure of models by the metric of a gate; `by_score` gives that of predictions by the score of this name.

    `sentences`: sentences are resampled, not documents.
    """

    metric: str
    by_score: Callable[[Predictions], Measured | None]
    sentences: bool = False

    def __call__(self, listing: Listing, predictions: Predictions) -> Measured | None:
        """Counts of all models on one dataset; None where the metric does not apply."""
        if is_score(self.metric):
            return self.by_score(predictions)
        units = Units.of(predictions, sentences=self.sentences)
        if self.metric in QUANTITIES:
            return by_probabilities(self.metric, listing, predictions, units)
        return measure(predictions, self.metric, OneTagF1(self.metric.removeprefix(OF_A_TAG)), units)


def is_score(metric: str) -> bool:
    """Whether the metric of a gate is a score that `compare` takes too."""
    return metric not in QUANTITIES and not metric.startswith(OF_A_TAG)
