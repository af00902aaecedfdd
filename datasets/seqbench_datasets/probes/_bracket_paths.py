"""Sentences of brackets as paths that climb and fall: how many there are, and one drawn evenly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray


@lru_cache(maxsize=8)
def ways(steps: int, most: int) -> list[list[int]]:
    """By number of steps and height, how many paths of so many steps lead from there to 0 between 0 and `most`."""
    rows = [[int(height == 0) for height in range(most + 1)]]
    for _ in range(steps):
        last = [0, *rows[-1], 0]
        rows.append([last[height] + last[height + 2] for height in range(most + 1)])
    return rows


@dataclass(frozen=True)
class Paths:
    """All paths of so many steps (an even number) from 0 to 0 that climb to `depth` and no higher, each as likely."""

    steps: int
    depth: int

    def drawn(self, random: Random) -> list[bool]:
        """A path drawn evenly: for each step whether it climbs."""
        height, reached, steps = 0, False, []
        for left in range(self.steps, 0, -1):
            top = height + 1 == self.depth
            up = self._left(left - 1, height + 1, reached=reached or top)
            climbs = random.randrange(self._left(left, height, reached=reached)) < up
            height += 1 if climbs else -1
            reached = reached or (climbs and top)
            steps.append(climbs)
        return steps

    def closed_within(self, window: int) -> float:
        """How many steps that fall can be expected whose partner, which climbs, is at most so many steps before."""
        share = (self._all[self.steps][0] - self._lower[self.steps][0]) / 2**self.steps
        pairs = _pairs(self.steps, self.depth, window) - _pairs(self.steps, self.depth - 1, window)
        return float(pairs / share)

    @cached_property
    def _all(self) -> list[list[int]]:
        return ways(self.steps, self.depth)

    @cached_property
    def _lower(self) -> list[list[int]]:
        return ways(self.steps, self.depth - 1)

    def _left(self, steps: int, height: int, *, reached: bool) -> int:
        """The number of ways to end at 0 from here, by paths that have climbed to the depth, or will."""
        if height > self.depth:
            return 0
        below = 0 if reached or height == self.depth else self._lower[steps][height]
        return self._all[steps][height] - below


def _pairs(steps: int, most: int, window: int) -> float:
    """Partners at most so far apart in all paths between 0 and `most` together, by the number 2 ** steps of all walks.

    Before the one there are paths from 0 to its height, between both those that stay above it, and paths to 0 behind.
    """
    if most == 0:
        return 0.0
    share = _shares(steps, most)  # (steps + 1, heights)
    total = 0.0
    for distance in range(1, min(window, steps - 1) + 1, 2):
        inside = np.array([_shares(steps, most - height - 1)[distance - 1, 0] for height in range(most)])
        before = share[: steps - distance, :most]  # (places of the first, heights)
        total += float((before * before[::-1] * inside).sum()) / 4
    return total


@lru_cache(maxsize=64)
def _shares(steps: int, most: int) -> NDArray[np.float64]:
    """The numbers of `ways` by those of all walks of so many steps: (steps + 1, heights)."""
    return np.array([[count / 2**number for count in row] for number, row in enumerate(ways(steps, most))])
