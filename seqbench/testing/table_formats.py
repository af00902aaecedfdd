"""Promises of formats: every cell is in the text, nothing in it is obeyed by a terminal, and nothing is printed."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO

from seqbench.reporting.table import Table
from seqbench.reporting.table_formats import Format, RowsFormat
from seqbench.testing.promise import Make, Promise, require

_TABLE = Table("title", ["model", "words", "n"], [["first", "some words", "1"], ["second", "more", "10"]], ["a note"])
_HOSTILE = ("\x1b[31mred", "\u202etxt", "two\nlines", "a\tb", "\u2028line", "\x00zero")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")


def _written(make: Make, table: Table) -> str:
    """The text of a table by a format of either kind."""
    made = make()
    text = made.rows(table.columns, table.rows) if isinstance(made, RowsFormat) else made.table(table)
    require(isinstance(text, str), f"for a table it gave {type(text).__name__}, no text")
    return str(text)


def _is_one(make: Make) -> None:
    made = make()
    kinds = "table(table) and paragraph(text), or rows(columns, rows)"
    require(isinstance(made, Format | RowsFormat), f"{type(made).__name__} is neither a function nor has {kinds}")


def _all_cells(make: Make) -> None:
    text = _written(make, _TABLE)
    for cell in [*_TABLE.columns, *(cell for row in _TABLE.rows for cell in row)]:
        require(cell in text, f"the cell {cell!r} is not in its text: {text[:200]!r}")


def _nothing(make: Make) -> None:
    for table in (Table("title", ["a"], []), Table("", ["a"], [["1"]])):
        _written(make, table)


def _obeyed(make: Make) -> None:
    for payload in _HOSTILE:
        text = _written(make, Table(payload, [payload, "n"], [[payload, "1"]], [payload]))
        seen = _OBEYED.search(text)
        require(seen is None, f"{payload!r} left {seen and seen[0]!r} in its text, which a terminal obeys")


def _same_again(make: Make) -> None:
    before, first, second = repr(_TABLE), _written(make, _TABLE), _written(make, _TABLE)
    require(first == second, "asked twice for the same table, it gave two texts")
    require(before == repr(_TABLE), "the table is not what it was before")


def _silent(make: Make) -> None:
    with redirect_stdout(StringIO()) as printed:
        _written(make, _TABLE)
    require(not printed.getvalue(), f"it printed {printed.getvalue()[:100]!r}; a format returns its text")


FORMATS = (
    Promise("is-a-format", "is a function of a table, or has the methods of a format", _is_one),
    Promise("all-cells", "has every cell of a table in its text", _all_cells),
    Promise("empty-tables", "writes tables without rows and without a title", _nothing),
    Promise("nothing-obeyed", "leaves no control character of a word in its text", _obeyed),
    Promise("same-again", "gives the same text for the same table, and leaves the table as it is", _same_again),
    Promise("silent", "prints nothing", _silent),
)
