"""How large a difference is, in terms that do not depend on how many sentences or seeds there were."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqbench.scoring.sentence_counts import Floats


def error_reduction(accuracy: float, of: float) -> float | None:
    """The share of the other's errors that are gone; None where it has none."""
    return None if of == 1 else (accuracy - of) / (1 - of)


def superiority(first: Sequence[float] | Floats, second: Sequence[float] | Floats) -> float:
    """How probably a seed of the first beats one of the second, ties counting half (Vargha and Delaney 2000)."""
    a, b = np.asarray(first)[:, None], np.asarray(second)[None, :]
    return float(np.count_nonzero(a > b) + 0.5 * np.count_nonzero(a == b)) / (a.size * b.size)
