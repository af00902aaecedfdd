"""How probable each tag of a first-order chain is, for sentences of equal length at once (forward-backward)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]
Floats = NDArray[np.float64]


def marginals(emissions: Weights, transitions: Weights) -> Floats:
    """Log weights (batch, time, tags) and (tags before, tags) -> P(tag | sentence) (batch, time, tags)."""
    weights = np.exp(emissions.astype(np.float64) - emissions.max(2, keepdims=True))
    moves = np.exp(transitions.astype(np.float64) - transitions.max())
    forward, backward = np.empty_like(weights), np.ones_like(weights)
    forward[:, 0] = weights[:, 0]
    for t in range(1, weights.shape[1]):
        forward[:, t] = _normal(forward[:, t - 1]) @ moves * weights[:, t]
    for t in range(weights.shape[1] - 1, 0, -1):
        backward[:, t - 1] = _normal(weights[:, t] * backward[:, t]) @ moves.T
    return _normal(forward * backward)


def _normal(values: Floats) -> Floats:
    """Scaled to the sum 1, so that no length over- or underflows."""
    scaled: Floats = values / values.sum(-1, keepdims=True)
    return scaled
