"""Tables in LaTeX with the rules of booktabs; titles and notes are comments."""

from __future__ import annotations

from seqbench.formats import Table, safe_line
from seqbench_plugins.formats._grids import grid


class LaTeX:
    """A tabular, which needs the package booktabs."""

    def table(self, table: Table) -> str:
        """The table with its title and notes."""
        body = grid(table, "latex_booktabs", safe_line)
        if not table.title:
            return body
        below = "".join(f"\n% {safe_line(note)}" for note in table.footnotes)
        return f"% {safe_line(table.title)}\n\n{body}\n{below}".rstrip()

    def paragraph(self, text: str) -> str:
        """A sentence between tables."""
        return f"% {safe_line(text)}"
