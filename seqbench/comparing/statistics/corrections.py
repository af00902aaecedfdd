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


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Adjusted p by Benjamini and Hochberg (1995): the expected share of false ones among the rejected."""
    values = np.asarray(p, float)
    order = np.argsort(values)[::-1]
    steps = np.minimum.accumulate(values[order] * len(values) / np.arange(len(values), 0, -1))
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(1, steps)
    return adjusted.tolist()
