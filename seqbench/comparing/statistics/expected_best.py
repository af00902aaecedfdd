"""The best score to expect after n trials of a random search, from trials that were made (Dodge et al. 2019).

Show Your Work: Improved Reporting of Experimental Results (EMNLP 2019), equation 7: the mean of the largest of n draws,
with replacement, from the scores that were found. No model looks better for having been tuned more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def expected_best(scores: Sequence[float], trials: int) -> float:
    """Sum over the distinct scores v of v * (P(V <= v)^n - P(V < v)^n), P being the shares among `scores`."""
    if not scores or trials < 1:
        raise ValueError(f"it takes scores and one trial or more, got {len(scores)} and {trials}")
    values, counts = np.unique(np.asarray(scores, np.float64), return_counts=True)
    at_most = np.cumsum(counts) / len(scores)
    less = np.concatenate([[0.0], at_most[:-1]])
    return float((values * (at_most**trials - less**trials)).sum())
