"""Rows of CSV: read back as they were, and no formula in them."""

import csv
import io

from seqbench_plugins.formats.csv import CSV, cell_of


def test_rows_are_read_back_as_they_were():
    rows = [["a,b", 'say "c"'], ["line\nbreak", "1"]]
    assert list(csv.reader(io.StringIO(CSV().rows(["x", "y"], rows)))) == [["x", "y"], *rows]


def test_numbers_stay_numbers():
    assert [cell_of(value) for value in (1, 0.5, None, "+0.21", "=1+1")] == [1, 0.5, None, "+0.21", "'=1+1"]
