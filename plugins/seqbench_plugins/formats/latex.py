"""Tables in LaTeX with the rules of booktabs; titles, notes and the meaning of marks are comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seqbench.formats import Table, safe_line

_BEST, _STAR = re.compile(r"(?<!\S)\*(?=\d)"), re.compile(r"^\* ")
"""The mark of the best number of a column, and that of the note on it."""
_NUMBER, _MINUS = re.compile(r"\*?(\d[\d.,]*)"), re.compile(r"(?<!\S)-(?=\d)")
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
        "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
        "|": r"\textbar{}", '"': r"\char34{}",
    }
)  # fmt: skip
_BOLD, _UNDERLINED, _DAGGER = r"\textbf{%s}", r"\underline{%s}", r"$^\dagger$"


class LaTeX:
    """A tabular, which needs the package booktabs: the best number of a column is bold, the second underlined."""

    def table(self, table: Table) -> str:
        """The table with its title and notes."""
        body = "\n".join(_tabular(table))
        if not table.title:
            return body
        below = "".join(f"\n% {note}" for note in _notes(table))
        return f"% {safe_line(table.title)}\n\n{body}\n{below}".rstrip()

    def paper(self, table: Table) -> str:
        """The table of all models and datasets that results begin with."""
        return f"% needs \\usepackage{{booktabs}}\n{self.table(table)}"

    def paragraph(self, text: str) -> str:
        """A sentence between tables."""
        return f"% {safe_line(text)}"


def _tabular(table: Table) -> Iterator[str]:
    """The lines of a tabular."""
    columns = ["l", *("l" if column in table.texts else "r" for column in table.columns[1:])]
    yield from (rf"\begin{{tabular}}{{{''.join(columns)}}}", r"\toprule")
    yield _line([_escaped(column) for column in table.columns])
    yield r"\midrule"
    for i, row in enumerate(table.rows):
        yield _line([_cell(table, i, j) for j in range(len(row))])
    yield from (r"\bottomrule", r"\end{tabular}")


def _line(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(table: Table, row: int, column: int) -> str:
    """A cell whose first number is marked as the table says."""
    text = table.rows[row][column]
    best = column > 0 and _BEST.match(text)
    mark = _BOLD if best else _UNDERLINED if (row, column) in table.second else "%s"
    mark += _DAGGER if (row, column) in table.tied else ""
    written = _MINUS.sub("$-$", "--" if text == "-" else _escaped(text)).replace("±", r"$\pm$")
    return written if mark == "%s" else _NUMBER.sub(lambda number: mark % number[1], written, count=1)


def _escaped(text: str) -> str:
    """A text on one line in which LaTeX finds no command."""
    return safe_line(text).translate(_ESCAPES)


def _notes(table: Table) -> Iterator[str]:
    """Notes of the table, each on one line, with the meaning of the marks."""
    yield from (_STAR.sub("bold: ", safe_line(note)) for note in table.footnotes)
    if table.second:
        yield "underlined: second best of its column"
    if table.tied:
        yield "dagger: not told apart from the best of its column"
