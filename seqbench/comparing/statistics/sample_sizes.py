"""How many units, seeds or datasets a test takes to find a difference in 80 % of cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqbench.comparing.statistics.estimate import Estimate, Part

FEWEST = 2
MOST = 100_000_000
"""No test set or training has more."""


def least(enough: Callable[[int], bool], most: int = MOST) -> int | None:
    """The least number from 2 on that is enough, if all larger ones are as well; None if not even `most` is."""
    if not enough(most):
        return None
    low, high = FEWEST - 1, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def units_needed(variance: float, size: float, level: float) -> int | None:
    """Units for a real difference of so large a `size`, from the variance of the difference that one unit adds."""
    return least(lambda units: _finds([Part(variance / units, units - 1)], size, level))


def seeds_needed(text: Part, variances: Sequence[float], size: float, level: float) -> int | None:
    """Seeds of each model on a text as it is, from the variances between seeds of the models that have any.

    None if no number of seeds is enough, since the chance of the text alone is too large.
    """

    def parts(seeds: int) -> list[Part]:
        return [text, *(Part(variance / seeds, seeds - 1) for variance in variances)]

    return least(lambda seeds: _finds(parts(seeds), size, level))


def _finds(parts: Sequence[Part], size: float, level: float) -> bool:
    return Estimate(0.0, tuple(parts)).detectable(level) <= size
