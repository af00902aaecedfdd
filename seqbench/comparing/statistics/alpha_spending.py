"""Levels of a test that is made again and again as seeds are added, so that all looks together keep one level.

The level is spent little by little (Lan and DeMets 1983), in proportion to the seeds of each model, and what each look
may take follows from normal theory (Armitage, McPherson and Rowe 1969). The looks are those of the seeds alone: where
the text adds an error that all looks share, they are more alike, and the levels are on the safe side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.polynomial.legendre import leggauss

from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.scoring.sentence_counts import Floats

FIRST_LOOK, EACH_UP_TO, GROWTH = 4, 12, 1.2
"""Looks are at 4 seeds, then with each further seed up to 12, then with a fifth more seeds at least."""
_SPENT = 0.95  # of the level: normal theory is a little too easy on few seeds
_LESS_BY_ONE, _LESS_BY_TWO, _LESS_UNEQUAL = 0.5, 1.0, 0.25  # degrees of freedom
_MOSTLY = 0.8  # of the variance by seeds: more than that is almost all
_NODES = 48  # of an integral over all that goes on
_HALVINGS = 40
_WIDEST = 40.0  # standard errors
_LOWEST, _TABLED = 1e-12, 49
_LEAST = 1e-300


def looks_up_to(most: int) -> tuple[int, ...]:
    """The numbers of seeds at which a run of at most `most` seeds of each model is looked at."""
    looks = [min(FIRST_LOOK, most)]
    while looks[-1] < most:
        step = 1 if looks[-1] < EACH_UP_TO else math.ceil(looks[-1] * (GROWTH - 1))
        looks.append(min(most, looks[-1] + step))
    return tuple(looks)


def nominal_levels(looks: Sequence[int], levels: Floats) -> Floats:
    """The two-sided level of the test at each look, if the first that rejects ends the looks: (levels, looks)."""
    from scipy.special import ndtr

    nodes, weights = leggauss(_NODES)
    places, mass = np.zeros((len(levels), 1)), np.ones((len(levels), 1))  # (levels, nodes)
    nominal, before = [], 0
    for look in looks:
        step = math.sqrt(look - before)
        border = _border(places, mass, step, _SPENT * levels * (look - before) / looks[-1])[:, None]
        nominal.append(2 * ndtr(-border[:, 0] / math.sqrt(look)))
        ahead = border * nodes
        bell = np.exp(-(((ahead[:, :, None] - places[:, None, :]) / step) ** 2) / 2) / step / math.sqrt(2 * math.pi)
        mass = border * weights * np.einsum("lab,lb->la", bell, mass)
        places, before = ahead, look
    return np.stack(nominal, axis=1)


def _border(places: Floats, mass: Floats, step: float, share: Floats) -> Floats:
    """The distance that a walk from these places (levels, nodes) exceeds after a step with probability `share`."""
    from scipy.special import ndtr

    low, high = np.zeros(len(share)), _WIDEST * step + np.abs(places).max(1)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        beyond = 2 * (ndtr((places - middle[:, None]) / step) * mass).sum(1)  # places lie on both sides alike
        low, high = np.where(beyond > share, middle, low), np.where(beyond > share, high, middle)
    border: Floats = (low + high) / 2
    return border


@lru_cache(maxsize=16)
def _table(looks: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Logarithms of overall levels (levels,), and of the nominal ones (levels, looks)."""
    levels = np.geomspace(_LOWEST, 1.0, _TABLED)
    return np.log(levels), np.log(np.maximum(nominal_levels(looks, levels), _LEAST))


@dataclass(frozen=True)
class Looks:
    """The planned looks at a test, by the number of seeds of each model, and those that were made."""

    planned: tuple[int, ...]
    made: tuple[int, ...] = ()

    def up_to(self, seeds: int) -> Looks:
        """The looks when each model has so many seeds."""
        return Looks(self.planned, tuple(look for look in self.planned if look <= seeds))

    def share(self, look: int, level: float) -> float:
        """The part of a level that the test at this look takes."""
        levels, nominal = _table(self.planned)
        return float(np.exp(np.interp(math.log(level), levels, nominal[:, self.planned.index(look)]))) / level

    def overall_p(self, looked: Mapping[int, float]) -> float:
        """The least level at which the looks so far, each with its own two-sided p, would have ended in a rejection."""
        levels, nominal = _table(self.planned)
        each = [
            float(np.exp(np.interp(math.log(max(p, _LEAST)), nominal[:, self.planned.index(look)], levels)))
            for look, p in looked.items()
        ]
        return min(each, default=1.0)


def at_look(value: float, text: Part, seeds: Sequence[Part]) -> Estimate:
    """The estimate that is tested at a look: the part by the text, and one by the seeds of all models together.

    The seeds have Satterthwaite's degrees of freedom (1946) less one half for a single model, less one for two: few
    seeds of unequal variances reject too often where they are tested again and again, most so where one model has
    almost all of the variance, which takes another quarter. The text keeps a quantile of its own: a variance that all
    looks share, and that is known well, would else lend its degrees of freedom to that of few seeds.
    """
    variance = sum(part.variance for part in seeds)
    squares = sum(part.variance**2 / part.freedom for part in seeds)
    if not squares > 0:
        return Estimate(value, (text, Part(variance, 1.0)))
    alone = max(part.variance for part in seeds) > _MOSTLY * variance
    less = (_LESS_BY_TWO + _LESS_UNEQUAL * alone) if len(seeds) > 1 else _LESS_BY_ONE
    return Estimate(value, (text, Part(variance, max(1.0, variance**2 / squares - less))))
