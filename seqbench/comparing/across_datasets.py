"""Models over several datasets: their ranks, and who wins where (Demsar 2006)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from seqbench.comparing.comparison import LEVEL
from seqbench.comparing.practical_pairs import PracticalPair, practical_pair
from seqbench.comparing.statistics import rank_tests
from seqbench.data.split_options import SIZE
from seqbench.results.model_names import ModelKey
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results, Score
from seqbench.scoring.sentence_counts import Floats

SHARES = 2
"""Families that share the level of a command: the tests of all datasets together, and those of each dataset."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """Mean scores (datasets, models) of the models that finished on all datasets, with their ranks and tests.

    `procedure` tests the pairs, all of them or those with `against`; `left_out` has the models without a score on some
    datasets, with the names of these; `of_seeds` has the scores of seeds behind each mean: datasets, models, (seeds,).
    Half of the level is for all datasets together, the other half for each alone. With a `rope`, pairs are tested for
    practical equality as well, and half of the level for all datasets is for that. `alone`: there are no other tests.
    """

    metric: str
    datasets: list[str]
    models: list[ModelKey]
    scores: Floats
    procedure: str = rank_tests.HOLM
    against: ModelKey | None = None
    left_out: Mapping[ModelKey, Sequence[str]] = field(default_factory=dict)
    of_seeds: Sequence[Sequence[Floats]] = ()
    rope: float | None = None
    alone: bool = False

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

    @property
    def shares(self) -> int:
        """Families of tests that share the level of the command."""
        return (1 if self.alone else SHARES) * (1 if self.rope is None else 2)

    @cached_property
    def practical(self) -> list[PracticalPair]:
        """The pairs beside the rope, by Bonferroni; none without a rope."""
        if self.rope is None:
            return []
        return [practical_pair(self.scores, pair, self.rope, self.shares * len(self.pairs)) for pair in self.pairs]

    @cached_property
    def pairs(self) -> list[rank_tests.Pair]:
        """Every pair of models, or those with one; told apart only where Friedman's test finds a difference too."""
        against = self.models.index(self.against) if self.against in self.models else None
        first = self.friedman or 0.0
        tested = rank_tests.pairs(self.scores, self.procedure, against)
        return [replace(pair, p_adjusted=min(1.0, self.shares * max(pair.p_adjusted, first))) for pair in tested]

    @cached_property
    def cliques(self) -> list[list[int]]:
        """Groups of two or more models, in order of rank, of which no two are told apart; none if some are untested."""
        if self.beside_one:
            return []
        apart = frozenset(frozenset((p.first, p.second)) for p in self.pairs if p.p_adjusted <= LEVEL)
        return [self.order[first : last + 1] for first, last in rank_tests.cliques(self.order, apart)]

    @property
    def beside_one(self) -> bool:
        """Whether only pairs with one model are tested."""
        return self.against in self.models

    @property
    def others_find(self) -> bool:
        """Whether Nemenyi's test could tell some pair of so many models on so many datasets apart."""
        farthest = len(self.models) - 1
        p = rank_tests.mean_ranks_differ(farthest, self.scores.shape, all_pairs=not self.beside_one)
        return self.shares * p * (farthest if self.beside_one else 1) <= LEVEL

    @property
    def smallest_p(self) -> float:
        """Smallest p that the test can give with so many datasets, before any correction."""
        return 0.0 if self.procedure == rank_tests.NEMENYI else float(2.0 ** (1 - len(self.datasets)))


def ranking(
    results: Results,
    metric: str,
    procedure: str = rank_tests.HOLM,
    against: ModelKey | None = None,
    rope: float | None = None,
) -> Ranking | None:
    """The models of results whose splits are pooled; None under two datasets or two models.

    Of a dataset with several training sizes only the largest counts: the others are no independent evidence.
    """
    chosen: dict[str, DatasetSummary] = {}
    for dataset in results.datasets:
        name = dataset.origin or dataset.name
        if name not in chosen or _size(dataset) > _size(chosen[name]):
            chosen[name] = dataset
    names = {dataset.fingerprint: dataset.name for dataset in chosen.values()}
    known: dict[ModelKey, dict[str, Score]] = {row.key: {} for row in results.rows}
    for row in results.rows:
        score = row.comparable_score(metric)
        if score is not None and score.mean is not None:
            known[row.key][row.dataset.fingerprint] = score
    left_out = {m: [names[f] for f in names if f not in scores] for m, scores in known.items()}
    models = [model for model, missing in left_out.items() if not missing]
    if len(names) <= 1 or len(models) <= 1:
        return None
    of_seeds = [[np.array(known[model][f].per_seed, float) for model in models] for f in names]
    scores = np.array([[known[model][fingerprint].mean for model in models] for fingerprint in names], float)
    some = {model: missing for model, missing in left_out.items() if missing}
    return Ranking(metric, list(names.values()), models, scores, procedure, against, some, of_seeds, rope)


def _size(dataset: DatasetSummary) -> float:
    return float(dataset.drawn.get(SIZE, "inf"))
