"""Bootstrap distributions of accuracies: over the units of the test set, and over seeds and units (Efron 1979)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from seqbench.statistics.resampling import Floats, weights

DRAWS = 10_000


def bootstrap(right: list[NDArray[np.int64]], tokens: NDArray[np.int64], *, seeds: bool, seed: int = 0) -> Floats:
    """Accuracies (draws, models) on test sets of units drawn with replacement, the same ones for every model.

    `right[m]` (seeds of m, units) are right tokens, `tokens` (units,). With `seeds` the seeds of each model are drawn
    with replacement too, the same ones for all models with as many; else a model's score is the mean over its seeds.
    """
    random = np.random.default_rng(seed)
    flat = np.concatenate(right).T.astype(np.float32)  # (units, seeds of all models)
    sizes = tokens.astype(np.float32)
    rates = [block @ flat / (block @ sizes)[:, None] for block in weights(random, DRAWS, len(tokens))]
    accuracies = np.concatenate(rates).astype(np.float64)  # (draws, seeds of all models)
    shares = {count: _shares(random, count, drawn=seeds) for count in sorted({len(r) for r in right})}
    starts = np.cumsum([0, *map(len, right)])
    return np.stack([(accuracies[:, a:b] * shares[b - a]).sum(1) for a, b in pairwise(starts)], axis=1)


def _shares(random: np.random.Generator, count: int, *, drawn: bool) -> Floats:
    """What each seed counts in each draw: (draws, seeds), rows sum to 1."""
    if not drawn:
        return np.full((DRAWS, count), 1 / count)
    return np.concatenate(list(weights(random, DRAWS, count))).astype(np.float64) / count


def interval(distribution: Floats) -> tuple[float, float]:
    """The middle 95 % of a bootstrap distribution (draws,)."""
    low, high = np.quantile(distribution, (0.025, 0.975))
    return float(low), float(high)
