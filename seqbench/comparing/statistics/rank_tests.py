"""Models over several datasets: average ranks, and which of them differ (Demsar 2006)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from seqbench.comparing.statistics.corrections import holm, shaffer
from seqbench.scoring.sentence_counts import Floats, Integers

HOLM, SHAFFER, NEMENYI = PROCEDURES = ("holm", "shaffer", "nemenyi")
_ROUNDING = 1e-9  # of sums of squares of ranks
_MODELS = 3  # that Friedman's test takes: two are a pair
EXACT = 500
"""Up to so many differences Wilcoxon's test counts all signs; of more the normal approximation is as good."""


def ranks(scores: Floats) -> Floats:
    """(datasets, models) of scores to ranks: 1 is best, ties share the mean of their places."""
    return np.stack([_placed(-row) for row in np.round(scores, 12)])


def _placed(values: Floats) -> Floats:
    """The place of each value (n,) among all, the least first; equal values share the mean of their places."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    places: Floats = (np.cumsum(counts) - (counts - 1) / 2)[which]
    return places


def friedman(scores: Floats) -> float | None:
    """How probable such ranks are if all models are as good: Friedman's test, F form (Iman and Davenport 1980).

    None under three models or two datasets; 1 where all models tie everywhere. F goes to infinity where all datasets
    rank alike, which chance does more often: p is never under the share of rankings that are just such.
    """
    from scipy.special import fdtrc

    datasets, models = scores.shape
    if models < _MODELS or datasets <= 1:
        return None
    placed = ranks(scores)
    between = datasets * np.sum((placed.mean(0) - (models + 1) / 2) ** 2)
    within = np.sum((placed - (models + 1) / 2) ** 2) - between
    if within <= _ROUNDING:
        return _least(placed) if between > 0 else 1.0
    p = float(fdtrc(models - 1, (models - 1) * (datasets - 1), (datasets - 1) * between / within))
    return max(p, _least(placed))


def _least(placed: Floats) -> float:
    """P that the datasets rank in just these orders, or in others that all differ alike from them.

    Each dataset (row) could have its ranks in any order; the one with most orders stands for all renamings of models.
    """
    ways = [
        math.lgamma(len(row) + 1) - sum(map(math.lgamma, np.unique(row, return_counts=True)[1] + 1)) for row in placed
    ]
    return math.exp(max(ways) - sum(ways))


@dataclass(frozen=True)
class Pair:
    """Two models by number: on how many datasets the first wins, ties and loses, and p, raw and corrected.

    `turned`: the signed ranks lean to the second, so that their test says nothing for the first; p corrected is 1.
    """

    first: int
    second: int
    wins: int
    ties: int
    losses: int
    p: float
    p_adjusted: float
    turned: bool = False


def pairs(scores: Floats, procedure: str = HOLM, against: int | None = None) -> list[Pair]:
    """All pairs of models, or each with one, the one with the better mean rank first; of equal ones that of the signs.

    By Holm's or Shaffer's correction of exact Wilcoxon signed-rank tests, or by Nemenyi's test of the mean ranks; with
    one model beside all others it is the z test of the mean ranks (Demsar 2006), with Holm's correction.
    """
    placed = ranks(scores).mean(0)
    order = np.argsort(placed, kind="stable").tolist()
    both = [pair for pair in combinations(order, 2) if against is None or against in pair]
    chosen = [pair[::-1] if _second_is_first(scores, placed, pair) else pair for pair in both]
    if procedure == NEMENYI:
        raw = [mean_ranks_differ(placed[b] - placed[a], scores.shape, all_pairs=against is None) for a, b in chosen]
        corrected = raw if against is None else holm(raw)
    else:
        raw = [wilcoxon(scores[:, a] - scores[:, b]) for a, b in chosen]
        corrected = shaffer(raw, len(order)) if procedure == SHAFFER and against is None else holm(raw)
    tested = []
    for (a, b), p, adjusted in zip(chosen, raw, corrected, strict=True):
        better = np.sign(np.round(scores[:, a] - scores[:, b], 12))
        wins, ties, losses = (int(np.count_nonzero(better == sign)) for sign in (1, 0, -1))
        turned = procedure != NEMENYI and leaning(scores[:, a] - scores[:, b]) < 0
        tested.append(Pair(a, b, wins, ties, losses, p, 1.0 if turned else adjusted, turned))
    return tested


def _second_is_first(scores: Floats, placed: Floats, pair: tuple[int, int]) -> bool:
    """Whether two models have one mean rank (models,), and the signed ranks lean to the second."""
    a, b = pair
    return bool(np.isclose(placed[a], placed[b], rtol=0, atol=1e-9)) and leaning(scores[:, a] - scores[:, b]) < 0


def mean_ranks_differ(difference: float, shape: tuple[int, ...], *, all_pairs: bool) -> float:
    """P that mean ranks over (datasets, models) differ as much by chance: Nemenyi's for all pairs, else by z."""
    from scipy.special import ndtr

    datasets, models = shape
    z = abs(difference) / np.sqrt(models * (models + 1) / (6 * datasets))
    if all_pairs:
        return range_beyond(float(z * np.sqrt(2)), models)
    return float(2 * ndtr(-z))


def range_beyond(distance: float, count: int) -> float:
    """P that so many standard normal numbers lie farther apart: Tukey's studentized range, whose spread is known.

    The integral over the largest of them is summed at even places, which is exact for such a curve but for rounding;
    scipy.stats has the same, and takes 0.7 seconds to import.
    """
    from scipy.special import ndtr

    largest, step = np.linspace(-9, 9, 2001, retstep=True)
    density = np.exp(-np.square(largest) / 2) / np.sqrt(2 * np.pi)
    within = count * np.sum(density * (ndtr(largest) - ndtr(largest - distance)) ** (count - 1)) * step
    return min(1.0, max(0.0, float(1 - within)))


def wilcoxon(differences: Floats) -> float:
    """Two-sided p of the signed-rank test, exact: over all signs that the differences might have had.

    Ties share ranks; differences of zero have no sign and are left out. Of more than `EXACT` differences p is that of
    the normal approximation with continuity correction.
    """
    moved, doubled = _signed_ranks(differences)
    total, positive = int(doubled.sum()), int(doubled[moved > 0].sum())
    lesser = min(positive, total - positive)
    if len(doubled) > EXACT:
        return _normal(total - 2 * lesser, doubled)
    shares = np.zeros(total + 1)
    shares[0] = 1
    for rank in doubled.tolist():
        shares /= 2
        shares[rank:] = shares[rank:] + shares[: total + 1 - rank]
    return min(1.0, float(2 * shares[: lesser + 1].sum()))


def _normal(apart: int, doubled: Integers) -> float:
    """Two-sided p that sums of doubled ranks of either sign lie so far apart; one rank moves them by four."""
    from scipy.special import ndtr

    spread = float(np.sqrt(np.square(doubled.astype(np.float64)).sum()))
    return min(1.0, float(2 * ndtr(-max(0, apart - 2) / spread)))


def leaning(differences: Floats) -> int:
    """Sign of the sum of signed ranks: 1 where positive differences outweigh, -1 where negative ones do, else 0."""
    moved, doubled = _signed_ranks(differences)
    return int(np.sign((np.sign(moved) * doubled).sum()))


def _signed_ranks(differences: Floats) -> tuple[Floats, Integers]:
    """The differences that are not zero, and twice the rank of each: whole numbers, also where ranks tie."""
    moved = np.round(differences, 12)
    moved = moved[moved != 0]
    return moved, np.rint(2 * _placed(np.abs(moved))).astype(np.int64)


def cliques(order: Sequence[int], apart: frozenset[frozenset[int]]) -> list[tuple[int, int]]:
    """The longest stretches (first, last) of models in order of rank of which no two are apart, of two or more."""
    stretches: list[tuple[int, int]] = []
    for start in range(len(order)):
        end = start
        while end + 1 < len(order) and all(
            frozenset((order[i], order[end + 1])) not in apart for i in range(start, end + 1)
        ):
            end += 1
        if end > start and (not stretches or stretches[-1][1] < end):
            stretches.append((start, end))
    return stretches
