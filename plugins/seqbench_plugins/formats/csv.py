"""Rows for machines and spreadsheets, as comma-separated values with all that is known."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from seqbench.formats import safe_lines

_FORMULA = re.compile(r"[=+\-@\t\r]")
_FIGURES = re.compile(r"[-+]|[-+]?\d[\d.,]*\s?%?( (to|±) [-+]?\d[\d.,]*)?")


class CSV:
    """A line of column names, and a line a row."""

    def rows(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
        """The rows under their column names; no cell is a formula."""
        buffer = io.StringIO()
        cells = [[cell_of(cell) for cell in row] for row in (columns, *rows)]
        csv.writer(buffer, lineterminator="\n").writerows(cells)
        return buffer.getvalue().rstrip("\n")


def cell_of(value: object) -> object:
    """Cell that no spreadsheet takes as a formula: other text than figures has an apostrophe before = + - @."""
    if not isinstance(value, str):
        return value
    begins = _FORMULA.match(value.lstrip(" "))
    text = safe_lines(value)
    return f"'{text}" if begins and not _FIGURES.fullmatch(value) else text
