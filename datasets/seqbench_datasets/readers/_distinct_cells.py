"""The distinct cells of a column, numbered in order of first sight, block after block: a hash table in arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from seqbench_datasets.readers._cell_index import WORD, Cells, CellWords, Positions, first_equals, words_of

Hashes = NDArray[np.uint64]
Value = TypeVar("Value", bound=np.generic)

_SLOTS_A_CELL = 2  # at least, so that one or two slots are looked at for a cell
_GROWTH = 2
_FEWEST_BITS = 12


@dataclass
class StoredCells:
    """Cells one behind the other in arrays with room for more."""

    data: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(WORD, np.uint8))
    starts: Positions = field(default_factory=lambda: np.zeros(0, np.int64))
    lengths: Positions = field(default_factory=lambda: np.zeros(0, np.int64))
    heads: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))
    count: int = 0
    size: int = 0

    def add(self, cells: list[bytes]) -> None:
        """Append cells."""
        joined = b"".join(cells)
        lengths = np.array([len(cell) for cell in cells], np.int64)
        ends = np.cumsum(lengths)
        words = CellWords.of(Cells(joined, ends - lengths, ends))
        self.data = _with(self.data, np.frombuffer(joined + bytes(WORD), np.uint8), self.size)
        self.starts = _with(self.starts, words.starts + self.size, self.count)
        self.lengths = _with(self.lengths, lengths, self.count)
        self.heads = _with(self.heads, words.heads, self.count)
        self.count, self.size = self.count + len(cells), self.size + len(joined)

    def words(self) -> CellWords:
        """Words of the cells, and of room behind them."""
        return CellWords(self.data, words_of(self.data), self.starts, self.lengths, self.heads)


def _with(array: NDArray[Value], values: NDArray[Value], position: int) -> NDArray[Value]:
    """The array with these values from a place on; it is copied into a larger one where there is no room for them."""
    if len(array) < position + len(values):
        larger = np.zeros(2 * (position + len(values)), array.dtype)
        larger[:position] = array[:position]
        array = larger
    array[position : position + len(values)] = values
    return array


@dataclass
class DistinctCells:
    """Cells so far, each once; `numbers` finds those of a block among them without a Python object for each.

    The table is one of open addressing with linear probing (Knuth, TAOCP 3, 6.4): it has the numbers of the first
    `filled` cells, which are `stored`, and -1 in empty slots.
    """

    cells: list[bytes] = field(default_factory=list)
    filled: int = 0
    bits: int = _FEWEST_BITS
    table: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    stored: StoredCells = field(default_factory=StoredCells)

    def numbers(self, cells: Cells) -> NDArray[np.int32]:
        """Numbers of these cells, none of which is empty, those of new ones behind those of others: (cells,)."""
        words = CellWords.of(cells)
        hashes = words.hashes()
        numbers = self._known(words, hashes)
        rows = np.flatnonzero(numbers < 0)
        if len(rows):
            first = first_equals(words.take(rows), hashes[rows])
            new = first == np.arange(len(first))
            numbers[rows] = (np.cumsum(new, dtype=np.int32) + np.int32(len(self.cells) - 1))[first]
            self.cells += cells.sliced(rows[new])
        return numbers

    def _known(self, words: CellWords, hashes: Hashes) -> NDArray[np.int32]:
        """Numbers of cells that are known already, -1 for others: (cells,)."""
        if not self.cells:
            return np.full(len(hashes), -1, np.int32)
        self._fill()
        slots = self._slots(hashes)
        numbers, left = self._in_slots(words, slots)
        rows = left
        while len(rows):
            words, slots = words.take(left), slots[left] + 1 & len(self.table) - 1
            numbers[rows], left = self._in_slots(words, slots)
            rows = rows[left]
        return numbers

    def _in_slots(self, words: CellWords, slots: Positions) -> tuple[NDArray[np.int32], Positions]:
        """Numbers of cells that are in these slots, -1 for others (cells,), and which slots have other cells."""
        numbers = self.table.take(slots)
        equal = words.equal(self.stored.words(), numbers)
        equal &= numbers >= 0
        left = np.flatnonzero((numbers >= 0) & ~equal)
        np.putmask(numbers, ~equal, -1)
        return numbers, left

    def _slots(self, hashes: Hashes) -> Positions:
        return (hashes >> np.uint64(64 - self.bits)).view(np.int64)

    def _fill(self) -> None:
        """Put cells that are not in the table there; a table that is too small is made anew, several times as large."""
        count = len(self.cells)
        if self.filled == count:
            return
        self.stored.add(self.cells[self.filled :])
        if len(self.table) < _SLOTS_A_CELL * count:
            self.bits = max(_FEWEST_BITS, (_GROWTH * _SLOTS_A_CELL * count).bit_length())
            self.table, self.filled = np.full(1 << self.bits, -1, np.int32), 0
        numbers = np.arange(self.filled, count)
        slots = self._slots(self.stored.words().take(numbers).hashes())
        while len(numbers):
            empty = self.table[slots] < 0
            self.table[slots[empty]] = numbers[empty]
            left = self.table[slots] != numbers
            numbers, slots = numbers[left], slots[left] + 1 & len(self.table) - 1
        self.filled = count
