"""The score to expect of the best of many, which was chosen on the sentences that it is scored on.

The largest of many scores is too high, by chance. Bootstrap bias corrected (Tsamardinos et al. 2018, BBC-CV): the best
is chosen again on sentences drawn at random with replacement, and scored on those that were not drawn.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 50
FEWEST = 2
"""Sentences that it takes: one to choose on, another to be scored on."""


def corrected_best(
    counts: NDArray[np.int64], score: Callable[[NDArray[np.float64]], NDArray[np.float64]], draws: int = 1000
) -> float:
    """Mean score, on sentences not drawn, of the candidate that is best on those drawn.

    `counts` are (candidates, sentences, quantities), `score` takes their sums (..., quantities). Raises `ValueError`
    with fewer than two sentences.
    """
    candidates, sentences, quantities = counts.shape
    if sentences < FEWEST:
        raise ValueError(f"it takes two sentences or more, got {sentences}")
    table = counts.transpose(1, 0, 2).reshape(sentences, -1).astype(np.float64)
    random, means = np.random.default_rng(0), []
    for start in range(0, draws, _AT_ONCE):
        size = min(_AT_ONCE, draws - start)
        drawn = random.multinomial(sentences, np.full(sentences, 1 / sentences), size)  # (draws, sentences)
        chosen, others = (
            score((weights @ table).reshape(size, candidates, quantities)) for weights in (drawn, drawn == 0)
        )
        means.append(others[np.arange(size), chosen.argmax(1)])
    return float(np.concatenate(means).mean())
