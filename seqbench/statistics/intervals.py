"""Bootstrap distributions of scores: over the units of the test set, and over seeds and units (Efron 1979)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from seqbench.statistics.counts import Counts, Floats
from seqbench.statistics.resampling import Draws


def resampled(measured: Sequence[Counts], draws: Draws) -> list[list[Floats]]:
    """The score of each seed of each model on test sets of units drawn with replacement: (draws, seeds) a model.

    Several metrics may be counted in the same units. A draw is the same test set for all seeds of all models and all
    metrics.
    """
    if not measured:
        return []
    flat = [np.concatenate(counts.models).transpose(1, 0, 2) for counts in measured]  # (units, seeds, quantities)
    columns = np.concatenate([one.reshape(measured[0].units, -1) for one in flat], axis=1).astype(np.float32)
    blocks: list[list[Floats]] = [[] for _ in measured]
    for weights in draws.weights(measured[0].units):
        sums = (weights.astype(np.float32) @ columns).astype(np.float64)
        ends = np.cumsum([0, *(one[0].size for one in flat)])
        for counts, one, found, (start, stop) in zip(measured, flat, blocks, pairwise(ends), strict=True):
            found.append(counts.metric(sums[:, start:stop].reshape(len(weights), *one.shape[1:])))
    return [_apart(np.concatenate(found), counts) for found, counts in zip(blocks, measured, strict=True)]


def _apart(scores: Floats, counts: Counts) -> list[Floats]:
    """(draws, seeds of all models) -> (draws, seeds) of each."""
    ends = np.cumsum([0, *map(len, counts.models)])
    return [scores[:, start:stop] for start, stop in pairwise(ends)]


def of_models(scores: Sequence[Floats]) -> Floats:
    """Question (a), the seeds as they are: a model's score is the mean over its seeds. (draws, models)."""
    return np.stack([of_seeds.mean(1) for of_seeds in scores], axis=1)


def of_learners(scores: Sequence[Floats], draws: Draws) -> Floats:
    """Question (b), seeds drawn as well, the same for all models with as many: (draws, models)."""
    return np.stack([(of_seeds * draws.shares(of_seeds.shape[1])).sum(1) for of_seeds in scores], axis=1)


def interval(distribution: Floats, level: float = 0.95) -> tuple[float, float]:
    """The middle of a bootstrap distribution (draws,): its percentiles."""
    low, high = np.quantile(distribution, ((1 - level) / 2, (1 + level) / 2))
    return float(low), float(high)
