"""Rank interval, tier and P(best) of each model on a dataset, by metric and question, as rows of results have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from seqbench.comparing.comparison import LEARNER, MODEL, Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison
from seqbench.comparing.ranks import Rank, ranks
from seqbench.results.model_names import ModelKey

Place: TypeAlias = tuple[str, ModelKey]
"""A dataset, by its name, and a model."""


@dataclass(frozen=True)
class Placement:
    """Rank intervals of a model by metric and question, and how often the model is best, by metric."""

    ranks: Mapping[str, Mapping[str, Rank]] = field(default_factory=dict)
    p_best: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The keys of a row: None where nothing was compared."""
        placed = {metric: dict(of_metric) for metric, of_metric in self.ranks.items()}
        return {
            "rank": {m: {q: [r.first, r.last] for q, r in by.items()} for m, by in placed.items()} or None,
            "tier": {m: {q: r.tier for q, r in by.items()} for m, by in placed.items()} or None,
            "p_best": dict(self.p_best) or None,
        }


def placements(compared: Sequence[DatasetComparison], comparisons: Sequence[Comparison]) -> dict[Place, Placement]:
    """The placement of each model on each dataset, from the comparisons of all pairs, corrected together."""
    ranked: dict[Place, dict[str, dict[str, Rank]]] = {}
    shares: dict[Place, dict[str, float]] = {}
    for dataset in compared:
        for question, placed in _by_question(dataset, comparisons):
            for model, rank in placed.items():
                of_model = ranked.setdefault((dataset.dataset, model), {})
                of_model.setdefault(dataset.metric, {})[question] = rank
        for standing in dataset.standings if dataset.why is None else ():
            shares.setdefault((dataset.dataset, standing.model), {})[dataset.metric] = standing.p_best
    return {key: Placement(ranked[key], shares.get(key, {})) for key in ranked}


def _by_question(
    dataset: DatasetComparison, comparisons: Sequence[Comparison]
) -> Iterator[tuple[str, dict[ModelKey, Rank]]]:
    models = [standing.model for standing in dataset.standings]
    mine = [c for c in comparisons if (c.dataset, c.metric, c.tag) == (dataset.dataset, dataset.metric, None)]
    for question in (MODEL, LEARNER):
        of_question = [c for c in mine if c.question == question]
        if of_question:
            yield question, ranks(models, of_question)
