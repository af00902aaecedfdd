"""Titles and rows of a table by tabulate: text columns to the left, numbers to the right."""

from __future__ import annotations

from collections.abc import Callable

from seqbench.formats import Table


def grid(table: Table, style: str, safe: Callable[[str], str]) -> str:
    """The table without title and notes in a style of tabulate, which escapes what the style takes as its own."""
    from tabulate import tabulate

    columns, *rows = [[safe(cell) for cell in row] for row in (table.columns, *table.rows)]
    align = ["left", *("left" if column in table.texts else "right" for column in table.columns[1:])]
    return tabulate(rows, columns, style, disable_numparse=True, colalign=align if rows else None)
