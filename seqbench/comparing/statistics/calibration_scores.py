"""Does a model know when it is wrong? Calibration error, proper scores, and what leaving out the unsure would gain.

Everything takes one value a token (tokens,): the confidence (probability of the predicted tag) and whether it is right,
or the probability of the gold tag.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.scoring.sentence_counts import Floats, Integers

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class Reliability:
    """Bins of confidence: their `edges` (bins + 1,), tokens, mean confidence and accuracy (bins,); 0 in empty ones."""

    edges: Floats
    tokens: Integers
    confidence: Floats
    accuracy: Floats

    @property
    def error(self) -> float:
        """Expected calibration error: gaps of confidence and accuracy, weighted by tokens (Guo et al. 2017)."""
        return float((np.abs(self.confidence - self.accuracy) * self.tokens).sum() / max(1, self.tokens.sum()))


def reliability(confidence: Floats, right: Flags, bins: int = 15, *, equal_mass: bool = False) -> Reliability:
    """Bins of equal width from 0 to 1, or of about equally many tokens. A bin holds its upper edge, the first both."""
    edges = np.linspace(0, 1, bins + 1)
    if equal_mass and len(confidence):
        edges = np.unique(np.concatenate([[0], np.quantile(confidence, np.arange(1, bins) / bins), [1]]))
    bin_of_token = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, len(edges) - 2)
    tokens = np.bincount(bin_of_token, minlength=len(edges) - 1)
    sums = [np.bincount(bin_of_token, values, minlength=len(edges) - 1) for values in (confidence, right.astype(float))]
    sure, accurate = (total / np.maximum(1, tokens) for total in sums)
    return Reliability(edges=edges, tokens=tokens, confidence=sure, accuracy=accurate)


def brier(of_gold: Floats, squares: Floats) -> float:
    """Mean over tokens of the squared distance from the gold tag, summed over tags: 0 to 2 (Brier 1950)."""
    return float((squares.astype(np.float64) - 2 * of_gold.astype(np.float64) + 1).mean())


def accuracy_at(confidence: Floats, right: Flags, coverage: float) -> float:
    """Accuracy on the surest share of the tokens; of equally sure ones at the border any counts as much."""
    kept = max(1, round(coverage * len(confidence)))
    border = np.partition(confidence, len(confidence) - kept)[len(confidence) - kept]
    surer, even = confidence > border, confidence == border
    counted = right[surer].sum() + (kept - surer.sum()) * right[even].mean()
    return float(counted / kept)
