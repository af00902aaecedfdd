"""p-values of a family of tests, so that many tests find no more by chance than one would."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def holm(p: Sequence[float]) -> list[float]:
    """Adjusted p by Holm (1979): the chance of any false rejection stays below the level."""
    values = np.asarray(p, float)
    order = np.argsort(values)
    steps = np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1))
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(1, steps)
    return adjusted.tolist()


def shaffer(p: Sequence[float], models: int) -> list[float]:
    """Adjusted p by Shaffer's static procedure (1986) for all pairs of so many models.

    If some pairs differ, not all numbers of the others can be true at once: the largest possible number is what counts.
    """
    possible = sorted(_true_at_once(models))
    values = np.asarray(p, float)
    order = np.argsort(values)
    factors = [max(count for count in possible if count <= left) for left in range(len(values), 0, -1)]
    steps = np.maximum.accumulate(values[order] * np.maximum(factors, 1))
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(1, steps)
    return adjusted.tolist()


def _true_at_once(models: int) -> set[int]:
    """How many of the pairs of so many models can be equal at once: those within groups of equal models."""
    possible: list[set[int]] = [{0}, {0}]
    for count in range(2, models + 1):
        sizes = range(1, count + 1)
        possible.append({size * (size - 1) // 2 + rest for size in sizes for rest in possible[count - size]})
    return possible[models]


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Adjusted p by Benjamini and Hochberg (1995): the expected share of false ones among the rejected."""
    values = np.asarray(p, float)
    order = np.argsort(values)[::-1]
    steps = np.minimum.accumulate(values[order] * len(values) / np.arange(len(values), 0, -1))
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(1, steps)
    return adjusted.tolist()
