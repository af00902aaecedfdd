"""Is one way of learning better on other samples of this data? A t test over splits whose training sets overlap."""

from __future__ import annotations

import numpy as np

from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.scoring.sentence_counts import Floats


def corrected(differences: Floats, test_to_train: float) -> Estimate:
    """The mean of differences (splits,) by the corrected resampled t test (Nadeau and Bengio 2003, equation 9).

    `test_to_train` is how large a test set is beside its training set: scores of splits with common training sentences
    are not independent, which makes the variance of their mean larger than that of independent ones, by this much.
    """
    splits = len(differences)
    variance = (1 / splits + test_to_train) * float(np.var(differences, ddof=1))
    return Estimate(float(differences.mean()), (Part(variance, splits - 1),))
