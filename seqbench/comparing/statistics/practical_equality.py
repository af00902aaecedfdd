"""Are two models equal for all practical purposes? Differences beside a region of practical equivalence (rope)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.comparing.statistics.rank_tests import leaning, wilcoxon
from seqbench.scoring.sentence_counts import Floats, Integers

BETTER, EQUAL, WORSE = "better", "equal", "worse"
_PSEUDO_UNITS = 4
"""Answers that differ by the least step, which are added so that models without a difference are not sure of it."""
_MANY = 1e9
_DRAWS, _AT_ONCE = 20_000, 2_000
_NUMBERS_AT_ONCE = 4_000_000
_PRIOR = 0.5


@dataclass(frozen=True)
class Posterior:
    """Probabilities: the first is better by more than the rope, both are equal within it, the second is better."""

    better: float
    equal: float
    worse: float


def with_least_error(estimate: Estimate, step: float) -> Estimate:
    """The estimate with a variance that it has at least, by so large a `step` from one answer to the next.

    Few answers that differ show little of how often answers differ: none in n leaves a rate of 3.7 / n open at 95 %.
    """
    return replace(estimate, parts=(*estimate.parts, Part(_PSEUDO_UNITS * step**2, _MANY)))


def border_p(estimate: Estimate, rope: float) -> float:
    """The p at which the interval of a difference no longer holds a border of the rope.

    Under a level the whole interval lies within the rope (two one-sided tests; Schuirmann 1987) or beyond a border.
    Whatever is said of the difference then is false no more often than the interval of 1 - level misses it.
    """
    return replace(estimate, value=abs(abs(estimate.value) - rope)).p


def correlated_t(estimate: Estimate, rope: float) -> Posterior:
    """The posterior of the Bayesian correlated t test (Benavoli, Corani, Demsar and Zaffalon 2017) for one part."""
    from scipy.special import stdtr

    (part,) = estimate.parts
    error = part.variance**0.5
    if error == 0:
        return Posterior(
            float(estimate.value > rope), float(abs(estimate.value) <= rope), float(estimate.value < -rope)
        )
    better = float(stdtr(part.freedom, (estimate.value - rope) / error))
    worse = float(stdtr(part.freedom, (-rope - estimate.value) / error))
    return Posterior(better, 1 - better - worse, worse)


def signed_rank(differences: Floats, rope: float) -> Posterior:
    """The posterior of the Bayesian signed-rank test over datasets (Benavoli et al. 2017): (datasets,).

    Weights of the datasets, and half of one for a dataset without a difference, are drawn from a Dirichlet
    distribution. Of each draw the region counts that has most weight of pairs of datasets.
    """
    apart = np.sort(np.round(np.append(0.0, differences), 12))
    edges = [_edges(apart, rope), _edges(-apart[::-1], rope)]
    random, most = np.random.default_rng(0), np.zeros(3)
    prior = np.ones(len(apart))
    prior[np.searchsorted(apart, 0.0)] = _PRIOR
    at_once = max(1, min(_AT_ONCE, _NUMBERS_AT_ONCE // len(apart)))
    for start in range(0, _DRAWS, at_once):
        weights = random.dirichlet(prior, min(at_once, _DRAWS - start))
        better, worse = (_over(w, edge) for w, edge in zip((weights, weights[:, ::-1]), edges, strict=True))
        regions = np.stack([better, 1 - better - worse, worse], axis=1)
        most += np.bincount(regions.argmax(1), minlength=3)
    return Posterior(*(most / _DRAWS).tolist())


def border_ranks(differences: Floats, rope: float) -> tuple[float, str]:
    """P of the exact signed-rank tests of both borders over datasets, and what follows under a level: BETTER and so on.

    Equal takes that both borders are left: the difference is less than one and more than the other.
    """
    above, below = (differences - rope, differences + rope)
    p_above, p_below, up, down = wilcoxon(above), wilcoxon(below), leaning(above), leaning(below)
    if up > 0:
        return p_above, BETTER
    if down < 0:
        return p_below, WORSE
    return max(p_above, p_below), EQUAL


def _edges(ascending: Floats, rope: float) -> tuple[Integers, Integers]:
    """For each difference, how many lie under and how many up to the one with which it makes twice the rope."""
    values = np.round(2 * rope - ascending, 12)
    return np.searchsorted(ascending, values, "left"), np.searchsorted(ascending, values, "right")


def _over(weights: Floats, edges: tuple[Integers, Integers]) -> Floats:
    """Weight of the pairs of differences whose sum is over twice the rope, those at it counting half: (draws,)."""
    below = np.concatenate([np.zeros((len(weights), 1)), np.cumsum(weights, axis=1)], axis=1)
    under, up_to = edges
    over: Floats = 1 - np.einsum("di,di->d", weights, below[:, under] + below[:, up_to]) / 2
    return over
