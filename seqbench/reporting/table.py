"""Tables of text in the formats that every command prints, and JSON and CSV as it prints them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from tabulate import tabulate

FORMATS = {"table": "simple", "markdown": "github", "latex": "latex", "html": "html", "csv": ""}
ABSENT = "-"


@dataclass(frozen=True)
class Table:
    """A title, column names and rows of text; `footnotes` stand below, `texts` are further columns without numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    footnotes: Sequence[str] = ()
    texts: Sequence[str] = ()


def rendered(table: Table, form: str) -> str:
    """The table in one of `FORMATS`; text columns to the left, numbers to the right."""
    if form == "csv":
        return csv_text(table.columns, table.rows)
    align = ["left", *("left" if column in table.texts else "right" for column in table.columns[1:])]
    rows = [[cell.replace("|", "\\|") for cell in row] for row in table.rows] if form == "markdown" else table.rows
    body = tabulate(rows, table.columns, FORMATS[form], disable_numparse=True, colalign=align)
    if form == "html":
        notes = "".join(f"\n<p>{escape(note)}</p>" for note in table.footnotes)
        return f"<h2>{escape(table.title)}</h2>\n{body}{notes}"
    mark = {"latex": "% ", "markdown": ""}.get(form, "")
    below = "".join(f"\n{mark}{note}{'  ' if form == 'markdown' else ''}" for note in table.footnotes)
    title = f"{'### ' if form == 'markdown' else mark}{table.title}"
    return f"{title}\n\n{body}\n{below}".rstrip()


def json_text(content: object) -> str:
    """JSON as every command prints it."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def listing(columns: Sequence[str], rows: Iterable[Sequence[str]], form: str) -> str:
    """A plain list of things in one of `FORMATS`, or as JSON."""
    listed = [list(row) for row in rows]
    if form == "json":
        return json_text([dict(zip(columns, row, strict=True)) for row in listed])
    if form == "csv":
        return csv_text(columns, listed)
    return tabulate(listed, columns, FORMATS[form], disable_numparse=True)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV under a line of column names."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([columns, *rows])
    return buffer.getvalue().rstrip("\n")
