"""Paired tests, which ask whether the difference between two taggers on the same text could be chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqbench.statistics.resampling import Floats, signs

DRAWS = 10_000


def randomisation(differences: Floats, seed: int = 0) -> Floats:
    """Two-sided p of approximate randomisation (Noreen 1989): p = (c + 1) / (draws + 1).

    `differences` (units, pairs): right tokens of one tagger less those of the other. Under the hypothesis that both are
    the same, each unit's answers might as well be exchanged: c draws have a sum at least as far from 0 as the real one.
    """
    random = np.random.default_rng(seed)
    scale = np.maximum(1.0, np.abs(differences).max(axis=0, initial=0))
    scaled = (differences / scale).astype(np.float32)
    real = np.abs(scaled.sum(0, dtype=np.float64)) - 1e-4
    as_far = np.zeros(differences.shape[1])
    for block in signs(random, DRAWS, len(differences)):
        as_far += (np.abs(block @ scaled) >= real).sum(0)
    return (as_far + 1) / (DRAWS + 1)


def mcnemar(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Mid-p of McNemar's exact test on right tokens (tokens,): a cross-check, as it takes tokens as independent."""
    from scipy.stats import binom

    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    discordant, fewer = only_first + only_second, min(only_first, only_second)
    if discordant == 0:
        return 1.0
    tail = 2 * binom.cdf(fewer, discordant, 0.5) - binom.pmf(fewer, discordant, 0.5)
    return float(min(1.0, tail))
