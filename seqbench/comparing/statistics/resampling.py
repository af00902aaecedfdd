"""Random draws that all models share: signs for paired tests, weights for the bootstrap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from seqbench.scoring.sentence_counts import Floats

_NUMBERS_AT_ONCE = 4_000_000
_NUMBERS_KEPT = 24_000_000  # of weights for the next dataset with as many units


@dataclass(frozen=True)
class Draws:
    """Number of draws and their seed: equal values give equal draws, whatever model they are for."""

    count: int = 10_000
    seed: int = 0

    def signs(self, units: int, *, more: bool = False) -> Iterator[NDArray[np.int8]]:
        """Blocks of (draws, units) of +1 and -1, each as probable, `count` rows in all; `more` are further ones."""
        random = np.random.default_rng([self.seed, 4 if more else 1])
        for rows in _blocks(self.count, units):
            bytes_of_row = (units + 7) // 8
            bits = np.frombuffer(random.bytes(rows * bytes_of_row), np.uint8).reshape(rows, bytes_of_row)
            yield np.unpackbits(bits, axis=1)[:, :units].view(np.int8) * np.int8(2) - np.int8(1)

    def weights(self, units: int) -> Iterator[NDArray[np.float32]]:
        """Blocks of (draws, units): how often each unit is drawn when as many are drawn with replacement."""
        if self.count * units <= _NUMBERS_KEPT:
            yield from _kept_weights(self, units)
        else:
            yield from _weights(self, units)

    def shares(self, seeds: int) -> Floats:
        """Weight of each seed in each draw: (draws, seeds), rows sum to 1.

        One seed fewer than there are is drawn with replacement: then the mean over those drawn varies as the mean over
        all does (Rao and Wu 1988); as many as there are would make the variance too small by 1 / seeds.
        """
        drawn = max(1, seeds - 1)
        return _counted(np.random.default_rng([self.seed, 3]), self.count, seeds, drawn=drawn) / np.float64(drawn)


@lru_cache(maxsize=1)
def _kept_weights(draws: Draws, units: int) -> tuple[NDArray[np.float32], ...]:
    blocks = tuple(_weights(draws, units))
    for block in blocks:
        block.flags.writeable = False
    return blocks


def _weights(draws: Draws, units: int) -> Iterator[NDArray[np.float32]]:
    random = np.random.default_rng([draws.seed, 2])
    for rows in _blocks(draws.count, units):
        yield _counted(random, rows, units, drawn=units)


def _blocks(draws: int, units: int) -> Iterator[int]:
    """Numbers of rows that are drawn at once."""
    most = max(1, _NUMBERS_AT_ONCE // max(1, units))
    for start in range(0, draws, most):
        yield min(most, draws - start)


def _counted(random: np.random.Generator, rows: int, units: int, *, drawn: int) -> NDArray[np.float32]:
    """How often each of the units is among those drawn with replacement: (rows, units)."""
    chosen = random.integers(0, units, (rows, drawn))
    chosen += np.arange(rows)[:, None] * units
    return np.bincount(chosen.ravel(), minlength=rows * units).reshape(rows, units).astype(np.float32)
