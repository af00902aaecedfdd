"""Paired tests, which ask whether the difference between two taggers on the same text could be chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.resampling import Draws
from seqbench.comparing.statistics.sign_flips import COUNTED, all_signs, tail
from seqbench.scoring.sentence_counts import Counts, Floats, Integers

_TIE = 1e-12
_EXACT_IN_FLOAT32 = 2**24
_ENOUGH = 10  # draws that are as far: their number then tells p to about a third
_MOST_DRAWS = 1_000_000


def randomisation(counts: Counts, pairs: Sequence[tuple[int, int]], draws: Draws, least: float | None = None) -> Floats:
    """Two-sided p of approximate randomisation (Noreen 1989): p = (c + 1) / (draws + 1), one for each pair.

    (pairs,), or (pairs, scores) where the metric gives several scores at once.

    If both models of a pair are as good, their answers to a whole unit might as well be exchanged, those of all seeds
    at once: c draws of such exchanges show a difference at least as large as the real one. The score of a model with
    several seeds is that of their counts together; for accuracy that is the mean over the seeds.

    Of a pair that did few units unlike all exchanges are counted, in place of draws: p is then exact.

    `least` is the p that many tests at once need. Where fewer than ten draws are as far, p is then that of the tail of
    all exchanges for accuracies (`sign_flips.tail`), and else more are drawn for such pairs until one draw less is
    under `least` or ten are as far (Besag and Clifford 1991).
    """
    pooled = counts.pooled()
    far = _far_of_shares if counts.whole is not None else _far
    as_far = far(counts, pooled, pairs, draws)
    p: Floats = (as_far + 1) / (draws.count + 1)
    few = as_far.ndim == 1 and least is not None
    rare: list[int] = np.flatnonzero(as_far < _ENOUGH).tolist() if few else []
    if counts.whole is not None and rare:
        first, second = (np.array([pairs[number][side] for number in rare]) for side in range(2))
        p[rare] = np.minimum(p[rare], tail(pooled[first, :, 0] - pooled[second, :, 0]))
    elif least is not None and rare and 1 / (draws.count + 1) > least:
        far_of = {pairs[number]: float(as_far[number]) for number in rare}
        p[rare] = _drawn_on(counts, pooled, far_of, draws, least)
    for number, (a, b) in enumerate(pairs):
        unlike = np.flatnonzero((pooled[a] != pooled[b]).any(-1))
        if 0 < len(unlike) <= COUNTED:
            p[number] = _exact(counts, pooled[a], pooled[b], unlike)
    return p


def _exact(counts: Counts, first: Integers, second: Integers, unlike: NDArray[np.int64]) -> Floats:
    """P of all exchanges of the answers of two models (units, quantities) to those units that they did unlike."""
    both, apart = (first + second).sum(0).astype(np.float64), (first - second)[unlike].astype(np.float64)
    drawn = np.abs(_difference(counts, both, all_signs(len(unlike)) @ apart))
    as_far: Floats = (drawn >= drawn[0] - _TIE).mean(0)
    return as_far


def floors(counts: Counts, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """The least p that exchanging units can give for each pair: only units that two models did unlike can move it.

    For a pair that did all units alike it is that of all units.
    """
    pooled = counts.pooled()
    unlike = [int((pooled[a] != pooled[b]).any(-1).sum()) for a, b in pairs]
    return [2.0 ** (1 - (count or counts.units)) for count in unlike]


def _drawn_on(
    counts: Counts, pooled: Integers, far_of: Mapping[tuple[int, int], float], draws: Draws, least: float
) -> Floats:
    """P of pairs of which few draws are as far: drawn on in blocks until ten are, or until p can be under `least`."""
    pairs, far, total = list(far_of), np.array(list(far_of.values())), draws.count
    p, left = np.ones(len(pairs)), list(range(len(pairs)))
    while left:
        again = replace(draws, seed=draws.seed + total)
        far[left] += _far(counts, pooled, [pairs[number] for number in left], again, more=True)
        total += draws.count
        p[left] = (far[left] + 1) / (total + 1)
        enough = total >= min(_MOST_DRAWS, 1 / least)
        left = [] if enough else [number for number in left if far[number] < _ENOUGH]
    return p


def _far(
    counts: Counts, pooled: Integers, pairs: Sequence[tuple[int, int]], draws: Draws, *, more: bool = False
) -> Floats:
    """Number of draws in which two models are as far apart as in the real counts: (pairs,) or (pairs, scores)."""
    whole = pooled.sum(1).astype(np.float64)  # (models, quantities)
    real = np.array([_difference(counts, whole[a] + whole[b], whole[a] - whole[b]) for a, b in pairs])
    as_far = np.zeros(real.shape)
    for moved in _exchanged(pooled, draws, more=more):
        for number, (a, b) in enumerate(pairs):
            drawn = _difference(counts, whole[a] + whole[b], moved[:, a] - moved[:, b])
            as_far[number] += np.count_nonzero(np.abs(drawn) >= abs(real[number]) - _TIE, axis=0)
    return as_far


def _far_of_shares(_counts: Counts, pooled: Integers, pairs: Sequence[tuple[int, int]], draws: Draws) -> Floats:
    """Number of such draws if scores are shares of one whole: scores then differ as the numbers of right tokens do."""
    right = pooled[:, :, :1]
    real = right.sum((1, 2))
    as_far = np.zeros(len(pairs))
    for moved in _exchanged(right, draws):
        of_models = np.ascontiguousarray(moved[:, :, 0].T)
        for number, (a, b) in enumerate(pairs):
            as_far[number] += np.count_nonzero(np.abs(of_models[a] - of_models[b]) >= abs(real[a] - real[b]))
    return as_far


def _exchanged(pooled: Integers, draws: Draws, *, more: bool = False) -> Iterator[Floats]:
    """Blocks of sums over units with random signs: (draws, models, quantities), exact, so that ties are ties."""
    models, units, quantities = pooled.shape
    exact = np.dtype(np.float32 if pooled.sum(1).max(initial=0) < _EXACT_IN_FLOAT32 else np.float64)
    columns = pooled.transpose(1, 0, 2).reshape(units, -1).astype(exact)
    for signs in draws.signs(units, more=more):
        sums = np.matmul(signs.astype(exact), columns)
        yield sums.astype(np.float64).reshape(len(signs), models, quantities)


def _difference(counts: Counts, both: Floats, moved: Floats) -> Floats:
    """The difference of scores when the sums of two models add up to `both` and differ by `moved`."""
    return counts.metric((both + moved) / 2) - counts.metric((both - moved) / 2)


@dataclass(frozen=True)
class McNemar:
    """McNemar's test on tokens: numbers of tokens that only one of two taggers has right, and p by a fair coin.

    A cross-check only: it takes tokens as independent, which those of one sentence are not.
    """

    only_first: int
    only_second: int
    exact_p: float
    mid_p: float


def mcnemar(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> McNemar:
    """The exact two-sided binomial test and its mid-p (Fagerland et al. 2013) for right tokens (tokens,)."""
    from scipy.special import bdtr, gammaln

    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    all_discordant, fewer = only_first + only_second, min(only_first, only_second)
    ways = gammaln(all_discordant + 1) - gammaln(fewer + 1) - gammaln(all_discordant - fewer + 1)
    tail, point = bdtr(fewer, all_discordant, 0.5), np.exp(ways - all_discordant * np.log(2))
    mid = 1.0 if only_first == only_second else float(2 * tail - point)
    return McNemar(only_first, only_second, min(1.0, float(2 * tail)), mid)
