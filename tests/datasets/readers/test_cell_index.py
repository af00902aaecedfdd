"""Cells told apart as machine words, against a dictionary."""

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seqbench_datasets.readers._cell_index import Cells
from seqbench_datasets.readers._distinct_cells import DistinctCells

PIECES = ["a", "\0", "é", "12345678", "1234567", "ระบบ", "x" * 100, "x" * 300]
CELLS = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join), max_size=40)


def cells_of(texts):
    cells = [text.encode() for text in texts]
    lengths = np.array([len(cell) for cell in cells], np.int64)
    ends = np.cumsum(lengths + 1) - 1
    return Cells(b"\n".join([*cells, b""]), ends - lengths, ends)


def by_dictionary(texts):
    index = {}
    numbers = [index.setdefault(text, len(index)) for text in texts]
    return numbers, [text.encode() for text in index]


def check(*blocks):
    distinct = DistinctCells()
    numbers = np.concatenate([distinct.numbers(cells_of(block)) for block in blocks])
    assert (numbers.tolist(), distinct.cells) == by_dictionary([*chain.from_iterable(blocks)])


@given(CELLS)
def test_cells_are_numbered_in_order_of_first_sight(texts):
    check(texts)


@given(CELLS, CELLS, CELLS)
def test_cells_of_further_blocks_are_found_among_those_of_the_first(texts, second, third):
    check(texts, second, third)


def test_a_table_that_grows_keeps_its_cells():
    check(*([f"{'word' * (number % 4)}{number}" for number in range(start, start + 9000)] for start in (0, 5000, 2000)))


def test_more_different_cells_than_slots_of_the_table_are_told_apart():
    check([str(number * 7919 % 150_000) for number in range(200_000)])


def test_cells_that_differ_in_their_last_byte_only_are_told_apart():
    for length in (80, 256, 255, 257, 264, 3000):
        check([length * "s" + chr(number) for number in range(300)] * 2)
