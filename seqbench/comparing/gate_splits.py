"""The gate over folds or random splits: scores of the old and the new model of a label on every split."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from seqbench.comparing.across_splits import Group, scores_tested
from seqbench.comparing.comparison import PairTest
from seqbench.comparing.gate_measures import is_score
from seqbench.comparing.gate_quantities import MILLISECONDS
from seqbench.comparing.unit_counts import Measured
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions, read_predictions
from seqbench.results.rows import read_results

OldAndNew = tuple[ListedModel, ListedModel]


@dataclass(frozen=True)
class SplitGate:
    """A listing, the metric of a gate, and the counts by the metric: None where it does not apply."""

    listing: Listing
    metric: str
    measure: Callable[[Listing, Predictions], Measured | None]

    def test(self, group: Group, models: Sequence[OldAndNew]) -> PairTest | str:
        """The corrected t test of a label, the better model first, or the reason why it cannot be made.

        `models` are those of each split. The metric has to be known of both on every split: none is left out unseen.
        """
        if self.metric == MILLISECONDS:
            return "the speed of tagging is tested on one test set only, not over splits"
        scored = list(self._by_rows(group, models) if is_score(self.metric) else self._by_counts(group, models))
        lacking = sum(None in scores for scores in scored)
        if lacking:
            return f"{self.metric} is missing on {lacking} of {len(scored)} splits for the old or the new model"
        first, second = models[0]
        return scores_tested(group, (first.key, second.key), np.array(scored, float), self.metric)

    def _by_rows(self, group: Group, models: Sequence[OldAndNew]) -> Iterator[list[float | None]]:
        """Stored scores of the old and the new model on each split."""
        listing = replace(self.listing.only(group.fingerprints), models=tuple(model for two in models for model in two))
        rows = {(row.key, row.dataset.fingerprint): row for row in read_results(listing).rows}
        for dataset, two in zip(group.datasets, models, strict=True):
            scores = [rows[model.key, dataset.fingerprint].comparable_score(self.metric) for model in two]
            yield [score.mean if score else None for score in scores]

    def _by_counts(self, group: Group, models: Sequence[OldAndNew]) -> Iterator[list[float | None]]:
        """Scores of the old and the new model on each split, counted again."""
        for dataset, two in zip(group.datasets, models, strict=True):
            listing = replace(self.listing, models=two)
            predictions = read_predictions(listing, dataset, complete=True)
            measured = self.measure(listing, predictions) if predictions else None
            means: dict[ModelKey, float] = {}
            if predictions and measured:
                means = dict(zip(predictions.keys, measured.means, strict=True))
            yield [means.get(model.key) for model in two]
