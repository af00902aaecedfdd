"""Cells told apart as machine words, against a dictionary."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seqbench_datasets.readers._cell_index import Cells, numbered

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


def check(texts):
    numbers, distinct = numbered(cells_of(texts))
    assert (numbers.tolist(), distinct) == by_dictionary(texts)


@given(CELLS)
def test_cells_are_numbered_in_order_of_first_sight(texts):
    check(texts)


def test_more_different_cells_than_slots_of_the_table_are_told_apart():
    check([str(number * 7919 % 150_000) for number in range(200_000)])


def test_cells_that_differ_in_their_last_byte_only_are_told_apart():
    for length in (80, 256, 255, 257, 264, 3000):
        check([length * "s" + chr(number) for number in range(300)] * 2)
