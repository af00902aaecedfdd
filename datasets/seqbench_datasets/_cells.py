"""The cells of a column as numbers: short ones are told apart as machine words, without a Python object for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]

_WORD = 8
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], np.uint64)


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


def numbered(cells: Cells) -> tuple[NDArray[np.int64], list[bytes]]:
    """Numbers (cells,) and the distinct cells that they stand for, in order of first sight."""
    lengths = cells.ends - cells.starts
    short = lengths <= (0 if b"\0" in cells.data else _WORD)  # a NUL would make different cells look alike
    numbers = np.empty(len(lengths), np.int64)
    numbers[short], first_short = _short(cells, short, lengths)
    numbers[~short], first_long = _long(cells, ~short)
    numbers[~short] += len(first_short)
    first = np.concatenate([first_short, first_long])
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[numbers], cells.sliced(first[order])


def _short(cells: Cells, chosen: NDArray[np.bool_], lengths: Positions) -> tuple[Positions, Positions]:
    """Cells of up to eight bytes: numbers, and where each distinct one is first."""
    places = np.flatnonzero(chosen)
    padded = np.frombuffer(cells.data + bytes(_WORD), np.uint8)
    words = np.ndarray((len(cells.data) + 1,), "<u8", padded, strides=(1,))  # the eight bytes from every byte on
    keys = words[cells.starts[places]] & _MASKS[lengths[places]]
    distinct = np.unique(keys)
    numbers = np.searchsorted(distinct, keys)
    first = np.full(len(distinct), len(lengths))
    np.minimum.at(first, numbers, places)
    return numbers, first


def _long(cells: Cells, chosen: NDArray[np.bool_]) -> tuple[Positions, Positions]:
    """The same for longer cells, by a dictionary."""
    index: dict[bytes, int] = {}
    first: list[int] = []
    places = np.flatnonzero(chosen)
    numbers = np.empty(len(places), np.int64)
    for row, (place, cell) in enumerate(zip(places.tolist(), cells.sliced(places), strict=True)):
        numbers[row] = number = index.setdefault(cell, len(index))
        if number == len(first):
            first.append(place)
    return numbers, np.array(first, np.int64)
