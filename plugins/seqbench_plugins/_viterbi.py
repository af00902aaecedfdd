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
    # Time comes first, so that steps are views, and the tags before next, so that their maximum runs over whole rows.
    scores = np.ascontiguousarray(emissions.transpose(1, 0, 2))  # (time, batch, tags)
    moves = np.broadcast_to(transitions, (len(transitions), time, tags, tags))
    moves = np.ascontiguousarray(moves.transpose(1, 2, 0, 3))  # (time, tags before, batch or 1, tags)
    best = np.empty_like(scores)
    best[0] = scores[0]
    ways = np.empty((time, tags, batch, tags), np.float32)
    before = best.transpose(0, 2, 1)[:, :, :, None]
    for score, move, left, way, right in zip(scores[1:], moves[1:], before, ways[1:], best[1:], strict=False):
        np.add(left, move, way)
        np.maximum.reduce(way, 0, None, right)
        np.add(right, score, right)
    found = np.empty((time, batch), np.int64)
    tag = found[-1] = best[-1].argmax(1)
    columns = np.arange(batch) * tags
    for way, earlier in zip(ways.reshape(time, tags, -1)[:0:-1], found[-2::-1], strict=False):
        tag = way.take(columns + tag, 1).argmax(0, earlier)
    return found.T


def equal_lengths(lengths: Ints, *, most_tokens: int = 0, most: int = 0) -> Iterator[Ints]:
    """Numbers of sentences of equal length (not 0): at most so many, or of at most so many tokens, but at least one."""
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    for group in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        if len(group):
            size = most or max(1, most_tokens // int(lengths[group[0]]))
            yield from np.split(group, range(size, len(group), size))
