"""The real difference that a test finds in 80 % of cases, as a comparison says it: what variances do is counted in."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

from seqbench.comparing.comparison import MODEL, PairTest
from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.comparing.statistics.sign_flips import COUNTED, found_by_exchanges

_SEVERAL = 2  # degrees of freedom
_STEPS, _CLOSE = 6, 0.002  # of the fixed point, and how close two of them are


def detectable(test: PairTest, level: float) -> float | None:
    """The difference that a test finds in most cases; None where no unit differs, for then nothing is known of it.

    Estimated variances are more often too small than too large, the more so the fewer degrees of freedom they have:
    each part counts as if it were the median of what it might have been. Models that differ more give more answers
    unlike, so that the part by the text grows with the difference; for accuracies, whose answers can be counted.
    """
    if test.estimate is None:
        return None
    text, *seeds = (Part(part.variance / _median(part.freedom), part.freedom) for part in test.estimate.parts)
    size, last = _size(test, text, seeds, level), 0.0
    for _ in range(_STEPS if test.unlike else 0):
        if abs(size - last) <= _CLOSE * size:
            break
        last, grown = size, replace(text, variance=text.variance * _growth(test, size))
        size = _size(test, grown, seeds, level)
    return size or None


def _size(test: PairTest, text: Part, seeds: list[Part], level: float) -> float:
    units = round(text.freedom) + 1
    if test.comparison.question == MODEL and units <= COUNTED:
        return found_by_exchanges(units, level) * math.sqrt(text.variance)
    return Estimate(0.0, (text, *seeds)).detectable(level)


def _growth(test: PairTest, size: float) -> float:
    """How much more the answers of two models would differ if they were so far apart, against how much they do."""
    unlike, apart = test.unlike or 1.0, test.comparison.difference
    return max(1.0, math.sqrt(max(0.0, unlike**2 - apart**2) + size**2) / unlike)


@lru_cache
def _median(freedom: float) -> float:
    """Median of a variance that is estimated with so many degrees of freedom, if the true one is 1.

    Of two seeds, whose quantile of Student's t is 12.7, it counts by its root: in simulation that is nearer to 80 %.
    """
    from scipy.special import chdtri

    median = float(chdtri(freedom, 0.5)) / freedom
    return math.sqrt(median) if freedom < _SEVERAL else median
