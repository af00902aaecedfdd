"""The cells of a column as machine words: told apart by vectors, without a Python object for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]

WORD = 8
"""Bytes of a machine word."""
_LONG = 256  # bytes; cells of more are few, and are looked at one by one
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(WORD + 1)], np.uint64)
_MIX = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: multiplicative hashing (Knuth, TAOCP 3, 6.4)


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells data[starts[i]:ends[i]], none of them empty."""

    data: bytes
    starts: Positions
    ends: Positions

    def sliced(self, chosen: Positions | NDArray[np.bool_]) -> list[bytes]:
        """Cells at these places as bytes."""
        starts, ends, data = self.starts[chosen].tolist(), self.ends[chosen].tolist(), self.data
        return [data[start:end] for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, eq=False)
class CellWords:
    """Cells of `data` as runs of eight bytes, each a number: `heads` (cells,) are the first of each."""

    data: NDArray[np.uint8]
    words: NDArray[np.uint64]
    starts: Positions
    lengths: Positions
    heads: NDArray[np.uint64]

    @classmethod
    def of(cls, cells: Cells) -> CellWords:
        data = np.frombuffer(cells.data + bytes(WORD), np.uint8)
        words, lengths = words_of(data), cells.ends - cells.starts
        return cls(data, words, cells.starts, lengths, words[cells.starts] & _MASKS.take(lengths, mode="clip"))

    def take(self, rows: Positions) -> CellWords:
        """Words of these cells."""
        return CellWords(self.data, self.words, self.starts[rows], self.lengths[rows], self.heads[rows])

    def word(self, rows: Positions | NDArray[np.int32], start: int) -> NDArray[np.uint64]:
        """Eight bytes of these cells from `place` on, zero behind their ends: (rows,)."""
        return self.words[self.starts[rows] + start] & _MASKS.take(self.lengths[rows] - start, mode="clip")

    def hashes(self) -> NDArray[np.uint64]:
        """A number of each cell, rarely the same for different ones: (cells,)."""
        hashes, start = self.heads * np.uint64(_MIX), WORD
        rows = np.flatnonzero(self.lengths > start)
        while len(rows):
            mixed = hashes[rows] ^ hashes[rows] >> np.uint64(32)
            hashes[rows] = (mixed ^ self.word(rows, start)) * np.uint64(_MIX)
            start += WORD
            rows = rows[self.lengths[rows] > start]
            if start == _LONG:
                hashes[rows] = [hash(cell) % (1 << 64) for cell in self._sliced(rows)]
                break
        return hashes

    def equal(self, other: CellWords, others: Positions | NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether these cells are the same bytes as the `others` of the other words: (cells,)."""
        equal: NDArray[np.bool_] = other.heads.take(others) == self.heads
        equal &= other.lengths.take(others) == self.lengths
        alike, start = np.flatnonzero(equal & (self.lengths > WORD)), WORD
        while len(alike):
            same = self.word(alike, start) == other.word(others[alike], start)
            equal[alike[~same]] = False
            start += WORD
            alike = alike[same]
            alike = alike[self.lengths[alike] > start]
            if start == _LONG:
                pairs = zip(self._sliced(alike), other._sliced(others[alike]), strict=True)
                equal[alike] = [cell == second for cell, second in pairs]
                break
        return equal

    def _sliced(self, rows: Positions | NDArray[np.int32]) -> Iterator[bytes]:
        """Cells at these places as bytes, one after the other."""
        for start, length in zip(self.starts[rows].tolist(), self.lengths[rows].tolist(), strict=True):
            yield self.data[start : start + length].tobytes()


def words_of(data: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The eight bytes from every byte on, the last eight left out: (bytes - 7,)."""
    return np.ndarray((len(data) - WORD + 1,), "<u8", data, strides=(1,))


def first_equals(words: CellWords, hashes: NDArray[np.uint64]) -> Positions:
    """The number of the first cell that is equal to each: (cells,).

    Every cell looks at the first one in its slot of a hash table; those that meet a different cell there look again in
    the next round, in a table of other slots.
    """
    multiplier = 1
    first = np.empty(len(hashes), np.int64)
    bits = min(max(len(first).bit_length(), 8), 17)
    left = np.arange(len(first))
    while len(left):
        slots = (hashes[left] * np.uint64(multiplier) >> np.uint64(64 - bits)).astype(np.int64)
        table = np.empty(1 << bits, np.int64)
        table[slots[::-1]] = left[::-1]  # of several cells in one slot the last one written stays: the first cell
        firsts = table[slots]
        equal = words.take(left).equal(words, firsts)
        first[left[equal]] = firsts[equal]
        left = left[~equal]
        multiplier = multiplier * _MIX % (1 << 64)
    return first
