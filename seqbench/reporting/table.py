"""Tables of text in the formats that every command prints, and JSON and CSV as it prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import chain

from seqbench.errors import PluginError
from seqbench.reporting import safe_text
from seqbench.reporting.colours import coloured
from seqbench.reporting.layout import layout_of
from seqbench.reporting.table_formats import OWN, DrawingFormat, Format, PaperFormat, RowsFormat, format_of
from seqbench.reporting.terminal_table import Column, printed, stacked
from seqbench.reporting.text_width import wrapped

TERMINAL = "table"
ABSENT = "-"
_WORD = re.compile(r"[^\W\d]")


@dataclass(frozen=True)
class Table:
    """A title, column names and rows of text; `footnotes` stand below, `texts` are further columns without numbers.

    Where there is no room for all columns, those that name a row stand in every block of columns, and `groups` (titles,
    the most important first) have a block each. `legend` says by title what columns mean. `about` names what all rows
    are of; a format of rows for machines, which has no title, has a column of each. `second` and `tied` are the cells
    (row, column) of the second best of a column, and of what is not told apart from its best, for formats of papers.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    footnotes: Sequence[str] = ()
    texts: Sequence[str] = ()
    groups: Sequence[Sequence[str]] = ()
    legend: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    second: AbstractSet[tuple[int, int]] = frozenset()
    tied: AbstractSet[tuple[int, int]] = frozenset()

    @property
    def keys(self) -> int:
        """Number of first columns that name a row: one, or two if the second has no title or no figures either."""
        second = [row[1] for row in self.rows if len(row) > 1]
        if self.columns[1:2] == [""] and second:
            return 2
        return 2 if second and all(_WORD.match(cell) for cell in second) else 1


def rendered(table: Table, form: str) -> str:
    """The table in a format; text columns to the left, numbers to the right; no text in it is obeyed."""
    if form == TERMINAL:
        return _for_terminal(table, form)
    chosen = format_of(form)
    if isinstance(chosen, RowsFormat):
        return chosen.rows([*table.about, *table.columns], [[*table.about.values(), *row] for row in table.rows])
    return _written(chosen, replace(table, footnotes=_notes(table, form)), form)


def paragraph(text: str, form: str) -> str:
    """A sentence between tables, empty where a format has rows alone."""
    if form == TERMINAL:
        width, line = layout_of(form).width, safe_text.line(text)
        return "\n".join(wrapped(line, width) if width else [line])
    chosen = format_of(form)
    return chosen.paragraph(text) if isinstance(chosen, Format) else ""


def for_papers(form: str) -> bool:
    """Whether results in a format begin with one table of all models and datasets."""
    return form not in OWN and isinstance(format_of(form), PaperFormat)


def paper(table: Table, form: str) -> str:
    """The table of all models and datasets, as a format of papers has it."""
    chosen = format_of(form)
    return chosen.paper(table) if isinstance(chosen, PaperFormat) else rendered(table, form)


def drawing(svg: str, form: str) -> str:
    """A drawing between tables, empty where a format holds none."""
    chosen = None if form in OWN else format_of(form)
    return chosen.drawing(svg) if isinstance(chosen, DrawingFormat) else ""


def _written(chosen: object, table: Table, form: str) -> str:
    """The table by a format of a plugin. Raises `PluginError` if the format is none, or gives no text."""
    text = chosen.table(table) if isinstance(chosen, Format) else None
    if not isinstance(text, str):
        raise PluginError(f"format {str(form)!r} gives no text for a table; it must be as seqbench.formats says")
    return text


def _notes(table: Table, form: str) -> list[str]:
    """Footnotes, and if they are wanted the meanings of the columns."""
    meanings = [f"{column}: {table.legend[column]}" for column in table.columns if column in table.legend]
    return [*table.footnotes, *(meanings if layout_of(form).legend else [])]


def _for_terminal(table: Table, form: str) -> str:
    """The table within the width of its layout, with what is left out named below it."""
    layout = layout_of(form)
    words = {0, *range(table.keys), *(i for i, column in enumerate(table.columns) if column in table.texts)}
    chosen = stacked(_columns(table.columns, table.rows, words), table.keys, table.groups, layout.width)
    body = printed(chosen.blocks, layout.width) if table.rows else "none"
    notes = [f"not shown: {', '.join(chosen.left_out)} (--wide)"] if chosen.left_out else []
    parts = [*_paragraph(table.title, layout.width), "", body, ""]
    parts += chain.from_iterable(_paragraph(note, layout.width) for note in [*notes, *_notes(table, form)])
    text = "\n".join(parts).rstrip()
    return coloured(text) if layout.colour else text


def _columns(titles: Sequence[str], rows: Sequence[Sequence[str]], words: Iterable[int]) -> list[Column]:
    """Columns of a table for a terminal; those with the numbers in `words` may be wrapped."""
    cells = [[safe_text.line(cell) for cell in column] for column in zip(*rows, strict=True)] or [[]] * len(titles)
    texts = set(words)
    return [Column(safe_text.line(title), cells[i], words=i in texts) for i, title in enumerate(titles)]


def _paragraph(text: str, width: int | None) -> list[str]:
    """A sentence in lines of this width; what is longer than a line, such as a path, is not broken."""
    safe = safe_text.line(text)
    if width is None:
        return [safe]
    first, *others = wrapped(safe, width)
    return [first, *(f"  {line}" for line in wrapped(" ".join(others), width - 2))] if others else [first]


def fitted(text: str, form: str) -> str:
    """A text of several lines, of which none is longer than the layout of a format has columns."""
    width = layout_of(form).width
    return "\n".join(chain.from_iterable(_paragraph(line, width) for line in text.split("\n")))


def json_text(content: object) -> str:
    """JSON as every command prints it."""
    return safe_text.json(json.dumps(content, ensure_ascii=False, indent=2))


def listing(
    columns: Sequence[str], rows: Iterable[Sequence[str]], form: str, groups: Sequence[Sequence[str]] = ()
) -> str:
    """A plain list of things in a format, or as JSON; the first column has their names.

    With `groups` a terminal has a block for each group of columns, and columns of no group are named below.
    """
    listed = [list(row) for row in rows]
    if form == "json":
        return json_text([dict(zip(columns, row, strict=True)) for row in listed])
    if form != TERMINAL:
        return rendered(Table("", columns, listed, texts=columns), form)
    width = layout_of(form).width
    names, *others = _columns(columns, listed, range(len(columns)))
    chosen = stacked([replace(names, name=True, listed=True), *others], 1, groups, width)
    shown = {column.title for block in chosen.blocks for column in block}
    left_out = [column.title for column in (names, *others) if column.title not in shown]
    note = [f"not shown: {', '.join(left_out)} (--wide, --format json)"] if left_out else []
    return "\n\n".join([printed(chosen.blocks, width), *note])


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> str:
    """Rows in a format of rows for machines."""
    chosen = format_of(form)
    return chosen.rows(columns, rows) if isinstance(chosen, RowsFormat) else ""
