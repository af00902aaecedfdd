"""Planning: how much text, how many seeds or how many datasets it takes to find a difference between models."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.comparison import LEVEL, pairs_of
from seqbench.comparing.statistics import t_test_over_seeds
from seqbench.comparing.statistics.sample_sizes import seeds_needed, units_needed
from seqbench.comparing.statistics.t_test_over_seeds import Learner
from seqbench.comparing.unit_counts import Measured
from seqbench.results.model_names import ModelKey

_BY_RANKS = math.pi / 3  # observations for one of a t test, if they are normal (Lehmann 1975)


@dataclass(frozen=True, kw_only=True)
class Need:
    """Needs of a pair on a dataset: `units` of text for question (a), and `seeds` of each for question (b).

    None where no number is enough, or where the run does not show how far seeds spread (`seeds_known` is false).
    """

    a: ModelKey
    b: ModelKey
    units: int | None
    seeds: int | None
    seeds_known: bool


def needs(measured: Measured, size: float, tests: int, against: ModelKey | None = None) -> Iterator[Need]:
    """Needs of each pair for a real difference of a `size`, with as many tests in a command as there are now."""
    level, count = LEVEL / max(1, tests), measured.counts.units
    drawn = measured.resampled.models
    for a, b in pairs_of(measured, against):
        text = t_test_over_seeds.by_text(drawn[:, a] - drawn[:, b], count)
        learners = [measured.learners[number] for number in (a, b)]
        seeded = [not measured.models[number].deterministic for number in (a, b)]
        known = all(len(learner.scores) > 1 for learner, has in zip(learners, seeded, strict=True) if has)
        variances = [_of_one_seed(learner) for learner, has in zip(learners, seeded, strict=True) if has]
        yield Need(
            a=measured.predictions.keys[a],
            b=measured.predictions.keys[b],
            units=units_needed(text.variance * count, size, level),
            seeds=seeds_needed(text, variances, size, level) if known and variances else None,
            seeds_known=known,
        )


def _of_one_seed(learner: Learner) -> float:
    return learner.seeds_variance * len(learner.scores)


@dataclass(frozen=True, kw_only=True)
class DatasetNeed:
    """How many datasets of the kind a pair takes, None if no number is enough; `spread` is that of its differences."""

    a: ModelKey
    b: ModelKey
    spread: float
    datasets: int | None


def datasets_needed(ranking: Ranking, size: float) -> list[DatasetNeed]:
    """Datasets that each pair takes for a mean difference of a `size` over datasets of the kind.

    By exact signed-rank tests with as many pairs as there are now, at the level of Holm's first step. On normal
    differences they take pi / 3 times as many as a t test, and so many at least that p can be small enough at all.
    """
    level = LEVEL / ranking.shares / max(1, len(ranking.pairs))
    least = math.ceil(1 - math.log2(level))
    return [_datasets(ranking, pair.first, pair.second, (size, level, least)) for pair in ranking.pairs]


def _datasets(ranking: Ranking, first: int, second: int, needed: tuple[float, float, int]) -> DatasetNeed:
    (size, level, least), models = needed, ranking.models
    variance = float(np.var(ranking.scores[:, first] - ranking.scores[:, second], ddof=1))
    units = units_needed(variance, size, level)
    datasets = None if units is None else max(least, math.ceil(_BY_RANKS * units))
    return DatasetNeed(a=models[first], b=models[second], spread=math.sqrt(variance), datasets=datasets)
