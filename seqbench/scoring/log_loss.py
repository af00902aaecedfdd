"""How improbable gold tags are to a tagger: log-loss in nats, and perplexity."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

PERPLEXITY = "perplexity"
"""Name of this score, the less the better: comparisons have it below zero."""
LEAST = 1e-7
"""A probability below counts as this one: one impossible gold tag does not make the log-loss infinite."""


def log_loss(of_gold: NDArray[np.floating[Any]]) -> float:
    """Mean of -ln of the gold tag's probability."""
    return float(-np.log(np.maximum(of_gold, LEAST, dtype=np.float64)).mean())


def perplexity(of_gold: NDArray[np.floating[Any]]) -> float:
    """The number of equally probable tags that would be as hard to foresee: e to the log-loss."""
    return math.exp(log_loss(of_gold))
