"""Models over several datasets: their ranks, and who wins where (Demsar 2006)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from seqbench.comparing.comparison import LEVEL
from seqbench.comparing.statistics import rank_tests
from seqbench.data.cross_validation import SIZE
from seqbench.results.model_key import ModelKey
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results
from seqbench.scoring.sentence_counts import Floats


@dataclass(frozen=True, eq=False)
class Ranking:
    """Mean scores (datasets, models) of the models that finished on all datasets, with their ranks and tests."""

    metric: str
    datasets: list[str]
    models: list[ModelKey]
    scores: Floats

    @cached_property
    def mean_ranks(self) -> list[float]:
        """Mean rank of each model over the datasets, 1 being best."""
        mean_ranks: list[float] = rank_tests.ranks(self.scores).mean(0).tolist()
        return mean_ranks

    @cached_property
    def order(self) -> list[int]:
        """The models by number, the best rank first."""
        return sorted(range(len(self.models)), key=lambda model: self.mean_ranks[model])

    @cached_property
    def friedman(self) -> float | None:
        """P of Friedman's test that all models are as good; None if there are too few models or datasets."""
        return rank_tests.friedman(self.scores)

    @cached_property
    def pairs(self) -> list[rank_tests.Pair]:
        """Every pair of models."""
        return rank_tests.pairs(self.scores)

    @cached_property
    def cliques(self) -> list[list[int]]:
        """Groups of two or more models, in order of rank, of which no two are told apart."""
        apart = frozenset(frozenset((p.first, p.second)) for p in self.pairs if p.p_adjusted <= LEVEL)
        return [self.order[first : last + 1] for first, last in rank_tests.cliques(self.order, apart)]

    @property
    def smallest_p(self) -> float:
        """Smallest p that Wilcoxon's test can give with so many datasets, before any correction."""
        return float(2.0 ** (1 - len(self.datasets)))

    def as_json(self, names: Mapping[ModelKey, str]) -> dict[str, object]:
        """Part of the JSON contract about all datasets together."""
        labels = [names[model] for model in self.models]
        return {
            "metric": self.metric,
            "datasets": self.datasets,
            "mean_ranks": {labels[model]: self.mean_ranks[model] for model in self.order},
            "friedman_p": self.friedman,
            "pairs": [
                {
                    "a": labels[p.first],
                    "b": labels[p.second],
                    "wins": p.wins,
                    "ties": p.ties,
                    "losses": p.losses,
                    "p": p.p,
                    "p_adjusted": p.p_adjusted,
                }
                for p in self.pairs
            ],
            "not_told_apart": [[labels[model] for model in clique] for clique in self.cliques],
        }


def ranking(results: Results, metric: str) -> Ranking | None:
    """The models of results whose splits are pooled; None under two datasets or two models.

    Of a dataset with several training sizes only the largest counts: the others are no independent evidence.
    """
    chosen: dict[str, DatasetSummary] = {}
    for dataset in results.datasets:
        name = dataset.origin or dataset.name
        if name not in chosen or _size(dataset) > _size(chosen[name]):
            chosen[name] = dataset
    means: dict[ModelKey, dict[str, float]] = {}
    for row in results.rows:
        score = row.score(metric)
        if score is not None and score.mean is not None:
            means.setdefault(row.key, {})[row.dataset.fingerprint] = score.mean
    prints = [dataset.fingerprint for dataset in chosen.values()]
    models = [model for model, scores in means.items() if all(fingerprint in scores for fingerprint in prints)]
    if len(prints) <= 1 or len(models) <= 1:
        return None
    scores = np.array([[means[model][fingerprint] for model in models] for fingerprint in prints])
    return Ranking(metric, [dataset.name for dataset in chosen.values()], models, scores)


def _size(dataset: DatasetSummary) -> float:
    return float(dataset.drawn.get(SIZE, "inf"))
