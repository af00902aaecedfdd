"""Search for the hardest level that a model masters: which level is tried next."""

from __future__ import annotations

from collections.abc import Mapping

from seqbench.results.capability_profile import bracketed


def next_level(levels: int, near: Mapping[int, bool], expected: int | None = None) -> int | None:
    """The number of the level to try next, or None where the search is over.

    `expected` is where another seed ended: that level is tried first, then its neighbour. Without it levels are
    climbed in steps that double (Bentley and Yao 1976), since what is easy is learned fast; then bisection takes over.
    """
    low, high = bracketed(levels, near)
    if high - low <= 1:
        return None
    if expected is not None and max(expected, low + 1) < high:
        return max(expected, low + 1)
    return (low + high) // 2 if high < levels else min(max(1, 2 * low + 1), high - 1)
