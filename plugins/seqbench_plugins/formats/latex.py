"""Tables in LaTeX with the rules of booktabs; titles and notes are comments."""

from __future__ import annotations

import re

from seqbench.formats import Table, safe_line
from seqbench_plugins.formats._grids import grid

_BEST, _STAR = re.compile(r"(?<![^\s&])\*(\d[\d.,]*)"), re.compile(r"^\* ")
"""The mark of the best number of a column, and that of the note on it."""


class LaTeX:
    """A tabular, which needs the package booktabs."""

    def table(self, table: Table) -> str:
        """The table with its title and notes."""
        body = _BEST.sub(r"\\textbf{\1}", grid(table, "latex_booktabs", safe_line)).replace("±", r"$\pm$")
        if not table.title:
            return body
        below = "".join(f"\n% {_STAR.sub('bold: ', safe_line(note))}" for note in table.footnotes)
        return f"% {safe_line(table.title)}\n\n{body}\n{below}".rstrip()

    def paragraph(self, text: str) -> str:
        """A sentence between tables."""
        return f"% {safe_line(text)}"
