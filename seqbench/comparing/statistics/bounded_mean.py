"""Interval of the mean of a few values between two bounds, such as ranks or shares of wins on datasets."""

from __future__ import annotations

import numpy as np

from seqbench.scoring.sentence_counts import Floats


def interval(values: Floats, low: float, high: float, level: float = 0.95) -> tuple[float, float]:
    """Interval of the mean of values (n,), two or more, that lie from `low` to `high`.

    Student's interval, after one value at each bound was added, in the manner of Agresti and Coull (1998): values
    that are all alike would else have no width, and those near a bound too little. In simulation it covers in 96 % or
    more, for 6 to 20 datasets and 2 to 10 models (`tests/comparing/statistics/test_bounded_mean.py`).
    """
    from scipy.special import stdtrit

    wider = np.append(values, [low, high])
    reach = float(stdtrit(len(values) - 1, (1 + level) / 2)) * float(np.std(wider, ddof=1)) / len(values) ** 0.5
    middle = float(wider.mean())
    return max(low, middle - reach), min(high, middle + reach)
