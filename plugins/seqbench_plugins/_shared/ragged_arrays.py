"""Rows of different lengths in a row, and the sums that find them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ragged:
    """Row i is `values[starts[i]:starts[i + 1]]`."""

    values: Ints
    starts: Ints

    @classmethod
    def where(cls, allowed: NDArray[np.bool_]) -> Ragged:
        """The column numbers of the true entries of each row: (rows, columns)."""
        return cls(np.nonzero(allowed)[1], sums(np.count_nonzero(allowed, 1)))

    @property
    def lengths(self) -> Ints:
        """Entries of each row."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    def entries(self, rows: Ints) -> Ints:
        """Where the entries of these rows are in `values`, row after row."""
        return within(self.lengths[rows]) + np.repeat(self.starts[rows], self.lengths[rows])

    def take(self, rows: Ints) -> Ragged:
        """The rows with these numbers, in this order."""
        return Ragged(self.values[self.entries(rows)], sums(self.lengths[rows]))


def sums(lengths: Ints) -> Ints:
    """Where rows of these lengths start and, last, where all end: (rows + 1,)."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def totals(weights: Floats, rows: Ints, count: int) -> Floats:
    """The sum of the weights that fall into each row: (count,)."""
    return np.bincount(rows, weights, count).astype(np.float64, copy=False)


def within(lengths: Ints) -> Ints:
    """0, 1, ... anew for each of these lengths."""
    return np.arange(lengths.sum()) - np.repeat(sums(lengths)[:-1], lengths)
