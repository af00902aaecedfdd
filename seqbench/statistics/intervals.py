"""Bootstrap distributions of scores: over the units of the test set, and over seeds and units (Efron 1979)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from seqbench.statistics.counts import Counts, Floats
from seqbench.statistics.resampling import Draws


def resampled(counts: Counts, draws: Draws) -> list[Floats]:
    """The score of each seed of each model on test sets of units drawn with replacement: (draws, seeds) a model.

    A draw is the same test set for all seeds of all models.
    """
    flat = np.concatenate(counts.models).transpose(1, 0, 2)  # (units, seeds of all models, quantities)
    columns = flat.reshape(counts.units, -1).astype(np.float32)
    blocks = [
        counts.metric((weights.astype(np.float32) @ columns).astype(np.float64).reshape(len(weights), *flat.shape[1:]))
        for weights in draws.weights(counts.units)
    ]
    scores = np.concatenate(blocks)  # (draws, seeds of all models)
    starts = np.cumsum([0, *map(len, counts.models)])
    return [scores[:, start:stop] for start, stop in pairwise(starts)]


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
