"""Random draws that resampling methods share: signs for tests, weights for the bootstrap."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_NUMBERS_AT_ONCE = 4_000_000


def signs(random: np.random.Generator, draws: int, units: int) -> Iterator[NDArray[np.float32]]:
    """Blocks of (draws, units) of +1 and -1, each as probable, `draws` rows in all."""
    for rows in _blocks(draws, units):
        bits = np.unpackbits(np.frombuffer(random.bytes(rows * ((units + 7) // 8)), np.uint8).reshape(rows, -1), axis=1)
        yield bits[:, :units].astype(np.float32) * 2 - 1


def weights(random: np.random.Generator, draws: int, units: int) -> Iterator[NDArray[np.float32]]:
    """Blocks of (draws, units): how often each unit is drawn when `units` of them are drawn with replacement."""
    for rows in _blocks(draws, units):
        drawn = random.integers(0, units, (rows, units)) + np.arange(rows)[:, None] * units
        yield np.bincount(drawn.ravel(), minlength=rows * units).reshape(rows, units).astype(np.float32)


def _blocks(draws: int, units: int) -> Iterator[int]:
    most = max(1, _NUMBERS_AT_ONCE // max(1, units))
    for start in range(0, draws, most):
        yield min(most, draws - start)
