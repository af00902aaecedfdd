"""The best tag sequence of a first-order chain, for sentences of equal length at once (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from seqbench_plugins._shared.ragged_arrays import Ints

Weights = NDArray[np.float32]


def viterbi(emissions: Weights, transitions: Weights) -> Ints:
    """(batch, time, tags) and (batch or 1, time or 1, tags before, tags) -> (batch, time); of equals, any.

    `transitions[:, t]` leads into token t; those into the first token are not looked at. A sentence is read from both
    ends at once, up to the token in its middle: half as many steps, of twice the size.
    """
    batch, time, tags = emissions.shape
    middle, moves = time // 2, transitions if transitions.shape[1] == time else transitions.repeat(time, 1)
    # Steps come first, so that each is a view, and the tags left behind next, so that their maximum runs over whole
    # rows. From the end there may be a step less; it then begins with one that costs nothing.
    later = time - middle
    scores = np.zeros((middle + 1, 2, batch, tags), np.float32)
    scores[:, 0] = emissions[:, : middle + 1].transpose(1, 0, 2)
    scores[-later:, 1] = emissions[:, : -later - 1 : -1].transpose(1, 0, 2)
    steps = np.zeros((middle, tags, 2, len(moves), tags), np.float32)
    steps[:, :, 0] = moves[:, 1 : middle + 1].transpose(1, 2, 0, 3)
    steps[middle + 1 - later :, :, 1] = moves[:, :middle:-1].transpose(1, 3, 0, 2)
    best = np.empty_like(scores)
    best[0] = scores[0]
    ways = np.empty((middle, tags, 2, batch, tags), np.float32)
    behind = best.transpose(0, 3, 1, 2)[..., None]
    for score, step, left, way, right in zip(scores[1:], steps, behind, ways, best[1:], strict=False):
        np.add(left, step, way)
        np.maximum.reduce(way, 0, None, right)
        np.add(right, score, right)
    path = np.empty((middle + 1, 2 * batch), np.int64)
    whole = best[-1, 0] + best[-1, 1] - scores[-1, 0]
    tag = path[-1] = np.concatenate([whole, whole]).argmax(1)
    columns = np.arange(2 * batch) * tags
    for way, outward in zip(ways.reshape(middle, tags, 2 * batch * tags)[::-1], path[-2::-1], strict=False):
        tag = way.take(columns + tag, 1).argmax(0, outward)
    return np.concatenate([path[:, :batch], path[-later:, batch:][-2::-1]]).T


def viterbi_by_steps(emissions: Weights, moves_into: Callable[[int], Weights]) -> Ints:
    """Like `viterbi`, with one step's moves at a time: (batch, time, tags) -> (batch, time).

    `moves_into(t)` are the weights (batch or 1, tags before, tags) of the moves into token t. It takes more time and,
    for many tags, a small part of the memory.
    """
    batch, time, tags = emissions.shape
    came_from = np.zeros((time, batch, tags), np.int32)
    scores = emissions[:, 0]
    for t in range(1, time):
        ways = scores[:, :, None] + moves_into(t)  # (batch, tags before, tags)
        came_from[t] = ways.argmax(1)
        scores = ways.max(1) + emissions[:, t]
    path = np.empty((batch, time), np.int64)
    path[:, -1] = scores.argmax(1)
    for t in range(time - 1, 0, -1):
        path[:, t - 1] = came_from[t, np.arange(batch), path[:, t]]
    return path


def equal_lengths(lengths: Ints, *, most_tokens: int = 0, most: int = 0) -> Iterator[Ints]:
    """Numbers of sentences of equal length (not 0): at most so many, or of at most so many tokens, but at least one."""
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    for group in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        if len(group):
            size = most or max(1, most_tokens // int(lengths[group[0]]))
            yield from np.split(group, range(size, len(group), size))
