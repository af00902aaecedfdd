"""The best tag sequence of a first-order chain, for sentences of equal length at once (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from seqbench_plugins._ragged import Ints

Weights = NDArray[np.float32]


def viterbi(emissions: Weights, transitions: Weights) -> Ints:
    """(batch, time, tags) and (batch or 1, time or 1, tags before, tags) -> (batch, time); of equals, the first.

    `transitions[:, t]` leads into token t; those into the first token are not looked at.
    """
    batch, time, tags = emissions.shape
    moves = np.broadcast_to(transitions, (len(transitions), time, tags, tags))
    best = np.empty((time, batch, tags), np.float32)
    best[0] = emissions[:, 0]
    for t in range(1, time):
        np.add((best[t - 1][:, :, None] + moves[:, t]).max(1), emissions[:, t], out=best[t])
    rows = np.arange(batch) % len(transitions)
    everyone = np.arange(batch)
    found = np.empty((time, batch), np.int64)
    found[-1] = best[-1].argmax(1)
    for t in range(time - 1, 0, -1):
        found[t - 1] = (best[t - 1][everyone] + moves[rows, t, :, found[t]]).argmax(1)
    return found.T


def equal_lengths(lengths: Ints, *, most_tokens: int = 0, most: int = 0) -> Iterator[Ints]:
    """Numbers of sentences of equal length (not 0): at most so many, or of at most so many tokens, but at least one."""
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    for group in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        if len(group):
            size = most or max(1, most_tokens // int(lengths[group[0]]))
            yield from np.split(group, range(size, len(group), size))
