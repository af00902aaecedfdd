"""The cells of a column as numbers: told apart as machine words, without a Python object for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]

_WORD = 8
_LONG = 256  # bytes; cells of more are few, and are looked at one by one
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], np.uint64)
_MIX = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: multiplicative hashing (Knuth, TAOCP 3, 6.4)


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells data[starts[i]:ends[i]], none of them empty."""

    data: bytes
    starts: Positions
    ends: Positions

    def sliced(self, chosen: Positions | NDArray[np.bool_]) -> list[bytes]:
        """Some of the cells as bytes."""
        starts, ends, data = self.starts[chosen].tolist(), self.ends[chosen].tolist(), self.data
        return [data[start:end] for start, end in zip(starts, ends, strict=True)]


def numbered(cells: Cells) -> tuple[Positions, list[bytes]]:
    """Numbers (cells,) and the distinct cells that they stand for, in order of first sight."""
    first = _first_equals(_Words.of(cells))
    new = first == np.arange(len(first))
    return (np.cumsum(new) - 1)[first], cells.sliced(new)


@dataclass(frozen=True, eq=False)
class _Words:
    """Cells as runs of eight bytes, each a number: `heads` (cells,) are the first of each."""

    cells: Cells
    words: NDArray[np.uint64]
    starts: Positions
    lengths: Positions
    heads: NDArray[np.uint64]

    @classmethod
    def of(cls, cells: Cells) -> _Words:
        padded = np.frombuffer(cells.data + bytes(_WORD), np.uint8)
        words = np.ndarray((len(cells.data) + 1,), "<u8", padded, strides=(1,))  # the eight bytes from every byte on
        lengths = cells.ends - cells.starts
        return cls(cells, words, cells.starts, lengths, words[cells.starts] & _MASKS[np.minimum(lengths, _WORD)])

    def word(self, rows: Positions, place: int) -> NDArray[np.uint64]:
        """Eight bytes of these cells from `place` on, zero behind their ends: (rows,)."""
        return self.words[self.starts[rows] + place] & _MASKS[np.minimum(self.lengths[rows] - place, _WORD)]

    def hashes(self) -> NDArray[np.uint64]:
        """A number of each cell, rarely the same for different ones: (cells,)."""
        hashes, place = self.heads * np.uint64(_MIX), _WORD
        rows = np.flatnonzero(self.lengths > place)
        while len(rows):
            mixed = hashes[rows] ^ hashes[rows] >> np.uint64(32)
            hashes[rows] = (mixed ^ self.word(rows, place)) * np.uint64(_MIX)
            place += _WORD
            rows = rows[self.lengths[rows] > place]
            if place == _LONG:
                hashes[rows] = [hash(cell) % (1 << 64) for cell in self.cells.sliced(rows)]
                break
        return hashes

    def equal(self, rows: Positions, others: Positions) -> NDArray[np.bool_]:
        """Whether these cells are the same bytes as the others: (rows,)."""
        lengths = self.lengths[rows]
        equal: NDArray[np.bool_] = (lengths == self.lengths[others]) & (self.heads[rows] == self.heads[others])
        alike, place = np.flatnonzero(equal & (lengths > _WORD) & (rows != others)), _WORD
        while len(alike):
            same = self.word(rows[alike], place) == self.word(others[alike], place)
            equal[alike[~same]] = False
            place += _WORD
            alike = alike[same]
            alike = alike[lengths[alike] > place]
            if place == _LONG:
                pairs = zip(self.cells.sliced(rows[alike]), self.cells.sliced(others[alike]), strict=True)
                equal[alike] = [cell == other for cell, other in pairs]
                break
        return equal


def _first_equals(words: _Words) -> Positions:
    """The number of the first cell that is equal to each: (cells,).

    Every cell looks at the first one in its slot of a hash table; those that meet a different cell there look again in
    the next round, in a table of other slots.
    """
    hashes, multiplier = words.hashes(), 1
    first = np.empty(len(hashes), np.int64)
    bits = min(max(len(first).bit_length(), 8), 17)
    left = np.arange(len(first))
    while len(left):
        slots = (hashes[left] * np.uint64(multiplier) >> np.uint64(64 - bits)).astype(np.int64)
        table = np.empty(1 << bits, np.int64)
        table[slots[::-1]] = left[::-1]  # of several cells in one slot the last one written stays: the first cell
        found = table[slots]
        equal = words.equal(left, found)
        first[left[equal]] = found[equal]
        left = left[~equal]
        multiplier = multiplier * _MIX % (1 << 64)
    return first
