"""Size that a difference must have to be found: what a test set and so many seeds can show at all."""

from __future__ import annotations

import math


def smallest_detectable(error: float, freedom: float = math.inf, *, level: float = 0.05, power: float = 0.8) -> float:
    """The real difference that a two-sided test at `level` finds in a share `power` of cases.

    `error` is the standard error of the difference, `freedom` the degrees of freedom that it is known with: few, where
    it rests on a few seeds. The sum of two quantiles of Student's t; from 4 degrees on within 2 % of the exact value.
    """
    from scipy.special import ndtri, stdtrit

    quantiles = (ndtri(p) if math.isinf(freedom) else stdtrit(freedom, p) for p in (1 - level / 2, power))
    return float(sum(quantiles)) * error
