"""Counts of simulated models per unit, for what is taken of resampled units."""

from __future__ import annotations

import numpy as np


def right_tokens(seeds, units=400, seed=5):
    """Right tokens (seeds, units) of taggers that are right nine times of ten, and tokens (units,)."""
    random = np.random.default_rng(seed)
    tokens = random.integers(5, 30, units)
    return random.binomial(tokens, 0.9, (seeds, units)), tokens


def span_counts(seeds, units=200, seed=6):
    """Right, predicted and gold spans (seeds, units, 3)."""
    random = np.random.default_rng(seed)
    gold = random.integers(0, 5, units)
    right = random.binomial(gold, 0.8, (seeds, units))
    predicted = right + random.integers(0, 2, (seeds, units))
    return np.stack([right, predicted, np.broadcast_to(gold, right.shape)], axis=-1)
