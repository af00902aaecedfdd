"""Differences and scores with their errors: intervals, p values, and what size such a test finds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LEAST_P = 1e-40
_PRECISION = 1e-9  # of the logarithm of p
_STEPS = 8  # of Newton's method; two or three are usual
_MOST_P = 0.999  # above it a reach is hardly one
_FARTHEST = 9.0
_CLOSE = 1e-5  # a step so small leaves an error of about its square


@dataclass(frozen=True)
class Part:
    """Part of a variance, and the degrees of freedom that it is known with."""

    variance: float
    freedom: float


@dataclass(frozen=True)
class Estimate:
    """A difference or a score, and the independent parts of its variance.

    Each part has the quantile of Student's t that its own degrees of freedom ask for (Banerjee 1960): an interval of
    95 % covers at least as often, however large the parts are beside each other. Degrees of freedom by Satterthwaite
    (1946) are too many where a part that few seeds show is large.
    """

    value: float
    parts: tuple[Part, ...]

    @property
    def error(self) -> float:
        """The standard error."""
        return math.sqrt(sum(part.variance for part in self.parts))

    def reach(self, p: float) -> float:
        """How far from a value that is true the estimate lies with probability `p`, at most."""
        return math.sqrt(sum(part.variance * _squared_quantile(part.freedom, p) for part in self.parts))

    @property
    def p(self) -> float:
        """Two-sided p of the hypothesis that the true value is zero."""
        from scipy.special import stdtr

        if self.error == 0:
            return float(self.value == 0)
        parts = [part for part in self.parts if part.variance > 0]
        if len(parts) == 1:
            return float(2 * stdtr(parts[0].freedom, -abs(self.value) / self.error))
        if self.reach(_LEAST_P) <= abs(self.value):
            return _LEAST_P
        if self.value == 0:
            return 1.0
        return self._p_of_reach(abs(self.value))

    def _p_of_reach(self, distance: float) -> float:
        """The p whose `reach` is a distance, by halving; importing scipy.optimize would take half a second.

        Newton's method says on which side of each middle p lies, and two reaches whether that was right.
        """

        def is_farther(middle: float) -> bool:
            return self.reach(math.exp(middle)) > distance

        near = _near(self.parts, distance)
        low, high = _halved(lambda middle: middle < near)
        if not is_farther(low) or is_farther(high):
            low, high = _halved(is_farther)
        return math.exp((low + high) / 2)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The values that a test at 1 - `level` would not reject."""
        reach = self.reach(1 - level)
        return self.value - reach, self.value + reach

    def share_interval(self, units: int, level: float = 0.95) -> tuple[float, float]:
        """The interval of a score that is a fraction of 1, by Wilson's score method (1927), so that it ends before 1.

        The error says how many independent observations the score is worth; where it is 0, as many as there are
        `units`.
        """
        squared = self.value * (1 - self.value)
        reach = self.reach(1 - level)
        if not 0 <= self.value <= 1 or math.isnan(reach):
            return self.interval(level)
        certain = reach == 0 or squared <= 0
        ratio = (
            _normal(level) ** 2 / max(1, units) if certain else reach**2 / squared
        )  # quantile squared / observations
        center = (self.value + ratio / 2) / (1 + ratio)
        half = math.sqrt(ratio * squared + ratio**2 / 4) / (1 + ratio)
        return max(0.0, center - half), min(1.0, center + half)

    def detectable(self, level: float, power: float = 0.8) -> float:
        """The real difference that a two-sided test at `level` finds in a share `power` of cases."""
        return self.reach(level) + self.reach(2 * (1 - power))


@lru_cache(maxsize=1024)
def _squared_quantile(freedom: float, p: float) -> float:
    """Square of how far Student's t lies from zero with probability `p`, at most; many tests ask for the same."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, p / 2)) ** 2


def _halved(is_below: Callable[[float], bool]) -> tuple[float, float]:
    """Logarithms of p close beside the one that middles are below or not."""
    low, high = math.log(_LEAST_P), 0.0
    while high - low > _PRECISION:
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return low, high


def _near(parts: Sequence[Part], distance: float) -> float:
    """Logarithm of the p whose reach is a distance, by Newton's method on logarithms of both."""
    from scipy.special import stdtr, stdtrit

    total = sum(part.variance for part in parts)
    freedom = total**2 / sum(part.variance**2 / part.freedom for part in parts)
    p = min(_MOST_P, max(_LEAST_P, 2 * float(stdtr(freedom, -distance / math.sqrt(total)))))
    for _ in range(_STEPS):
        quantiles = [(part, float(stdtrit(part.freedom, p / 2))) for part in parts]
        squared = sum(part.variance * t**2 for part, t in quantiles)
        slope = sum(part.variance * t * p / _density(part.freedom, t) for part, t in quantiles)
        missing = distance / math.sqrt(squared)
        step = 2 * math.log(missing) * squared / slope if missing > 0 else 0.0
        step = max(-_FARTHEST, min(_FARTHEST, step))
        p = min(_MOST_P, max(_LEAST_P, p * math.exp(step)))
        if abs(step) < _CLOSE:
            break
    return math.log(p)


def _density(freedom: float, t: float) -> float:
    """Density of Student's t."""
    height = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    return math.exp(height - (freedom + 1) / 2 * math.log1p(t * t / freedom))


def _normal(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))
