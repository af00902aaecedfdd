"""The best score to expect after n trials of a random search, from trials that were made (Dodge et al. 2019).

Show Your Work: Improved Reporting of Experimental Results (EMNLP 2019), equation 7: the mean of the largest of n draws,
with replacement, from the scores that were found. No model looks better for having been tuned more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_DRAWS = 10_000


def expected_best(scores: Sequence[float], trials: int) -> float:
    """Sum over the distinct scores v of v * (P(V <= v)^n - P(V < v)^n), P being the shares among `scores`."""
    if not scores or trials < 1:
        raise ValueError(f"it takes scores and one trial or more, got {len(scores)} and {trials}")
    values, counts = np.unique(np.asarray(scores, np.float64), return_counts=True)
    at_most = np.cumsum(counts) / len(scores)
    less = np.concatenate([[0.0], at_most[:-1]])
    return float((values * (at_most**trials - less**trials)).sum())


def expected_best_band(scores: Sequence[float], trials: int, level: float = 0.95) -> tuple[float, float]:
    """Bounds of the expected best of n trials that hold for all n at once with a probability of `level` or more.

    Nothing is assumed of the scores but that the trials are independent draws and that a score is 0 to 1: beyond the
    best one found, and below the worst, others may lie anywhere there. Bounds of the distribution at each of the
    ordered scores are equally improbable ones (Aldor-Noiman et al. 2013), as Lourie et al. (2024) take them.
    """
    values = np.sort(np.asarray(scores, np.float64))
    low, high = _bounds_of_shares(len(values), level)
    best_case = _expected_largest(np.append(values, 1.0), np.append(low, 1.0), trials)
    worst_case = _expected_largest(np.insert(values, 0, 0.0), np.append(high, 1.0), trials)
    return worst_case, best_case


def _expected_largest(values: NDArray[np.float64], at_most: NDArray[np.float64], trials: int) -> float:
    """Expected largest of n draws from ascending values, `at_most` being the probability of each or a lower one."""
    less = np.insert(at_most[:-1], 0, 0.0)
    return float((values * (at_most**trials - less**trials)).sum())


@lru_cache(maxsize=64)
def _bounds_of_shares(size: int, level: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds, at once for all of so many ordered draws, of the probability of a draw up to each: (size,) twice."""
    from scipy.stats import beta

    ranks = np.arange(1, size + 1)
    ordered = np.sort(np.random.default_rng(0).random((_DRAWS, size)), axis=1)
    at_most = beta.cdf(ordered, ranks, size + 1 - ranks)
    tail = float(np.quantile(np.minimum(at_most, 1 - at_most).min(1), 1 - level))
    low, high = (np.asarray(beta.ppf(share, ranks, size + 1 - ranks)) for share in (tail, 1 - tail))
    return low, high
