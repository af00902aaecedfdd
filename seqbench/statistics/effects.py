"""How large a difference is, and how large it must be to be found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqbench.statistics.resampling import Floats

_LEVEL_AND_POWER = 1.959964 + 0.841621
"""Standard errors between no difference and one that a two-sided test at 5 % finds in 80 % of cases."""


def error_reduction(accuracy: float, of: float) -> float | None:
    """The share of the other's errors that are gone; None where it has none."""
    return None if of == 1 else (accuracy - of) / (1 - of)


def superiority(first: Sequence[float], second: Sequence[float]) -> float:
    """How probably a seed of the first scores higher than one of the second, ties counting half."""
    a, b = np.asarray(first)[:, None], np.asarray(second)[None, :]
    return float(np.mean((a > b) + 0.5 * (a == b)))


def smallest_detectable(distribution: Floats) -> float:
    """The difference that would be found in 80 % of cases at the 5 % level, by a bootstrap (draws,) of the real one."""
    return float(_LEVEL_AND_POWER * np.std(distribution, ddof=1))
