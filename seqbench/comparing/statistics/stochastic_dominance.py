"""Almost stochastic order: whether the scores of one learner's seeds lie above those of another's."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from seqbench.scoring.sentence_counts import Floats, Integers

ENOUGH_SEEDS = 5
_BOOTSTRAPS = 1000


def almost_stochastic_order(first: Floats, second: Floats, *, level: float = 0.05, seed: int = 0) -> float:
    """The upper confidence bound of the violation ratio: under 0.5 the first dominates, near 0 almost entirely.

    Scores of seeds (n,) and (m,) in double precision, at least five each (`ValueError`). The bound holds with
    probability 1 - `level`, its spread is that of scores drawn with replacement (Dror, Shlomov and Reichart 2019;
    Ulmer, Hardmeier, Frellsen 2022).
    """
    sizes = len(first), len(second)
    if min(sizes) < ENOUGH_SEEDS:
        raise ValueError(f"almost stochastic order takes {ENOUGH_SEEDS} seeds of each, got {sizes[0]} and {sizes[1]}")
    from scipy.special import ndtri

    drawn = [_drawn(scores.tobytes(), sizes, learner, seed) for learner, scores in enumerate((first, second))]
    spread = float(np.std(_of_sorted(*drawn)))
    ratio = float(violation_ratio(first[None], second[None])[0])
    return min(1.0, max(0.0, ratio - spread * float(ndtri(level))))


def order_of_seeds(first: Floats, second: Floats) -> float | None:
    """Almost stochastic order where there are enough seeds; a deterministic model scores the same with every seed."""
    seeds = max(len(first), len(second))
    several = [np.repeat(scores, seeds) if len(scores) == 1 else scores for scores in (first, second)]
    return almost_stochastic_order(*several) if min(map(len, several)) >= ENOUGH_SEEDS else None


def violation_ratio(first: Floats, second: Floats) -> Floats:
    """The share of the squared distance between quantile functions where the second is above: (rows, n) -> (rows,).

    Quantile functions of samples are steps, so the integral is exact. One half where the samples are equal.
    """
    return _of_sorted(np.sort(first, axis=1), np.sort(second, axis=1))


@lru_cache(maxsize=4)
def _sorted_draws(sizes: tuple[int, int], seed: int) -> tuple[Integers, Integers]:
    """Places of the sorted scores that are drawn with replacement, in order: (bootstraps, n) of each learner."""
    random = np.random.default_rng(seed)
    first, second = (np.sort(random.integers(0, size, (_BOOTSTRAPS, size)), axis=1) for size in sizes)
    return first, second


@lru_cache(maxsize=128)
def _drawn(scores: bytes, sizes: tuple[int, int], learner: int, seed: int) -> Floats:
    """Scores of a learner drawn with replacement, in order: equal whatever learner it is compared with."""
    return np.sort(np.frombuffer(scores))[_sorted_draws(sizes, seed)[learner]]


def _of_sorted(first: Floats, second: Floats) -> Floats:
    """The violation ratio of rows that ascend."""
    sizes = first.shape[1], second.shape[1]
    if sizes[0] != sizes[1]:
        edges = np.union1d(*(np.arange(size + 1) * (np.lcm(*sizes) // size) for size in sizes))  # in units of 1 / lcm
        middles = (edges[1:] + edges[:-1]) / 2 / edges[-1]
        widths = np.sqrt(np.diff(edges))
        first, second = (rows[:, (middles * rows.shape[1]).astype(int)] * widths for rows in (first, second))
    apart = first - second
    whole = np.einsum("rs,rs->r", apart, apart)
    np.minimum(apart, 0, out=apart)
    against = np.einsum("rs,rs->r", apart, apart)
    ratio: Floats = np.divide(against, whole, out=np.full(len(whole), 0.5), where=whole > 0)
    return ratio
