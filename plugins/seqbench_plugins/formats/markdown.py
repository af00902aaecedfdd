"""Tables in Markdown, as GitHub reads them."""

from __future__ import annotations

import re
from html import escape

from seqbench.formats import Table, safe_line
from seqbench_plugins.formats._grids import grid

_MARKUP = re.compile(r"([\\`*\[\]|~])|(?<![^\W_])(_)|(_)(?![^\W_])")


def escaped(text: str) -> str:
    """Text on one line in which Markdown finds no markup, no HTML and no end of a cell."""
    return _MARKUP.sub(r"\\\1\2\3", escape(safe_line(text), quote=False))


class Markdown:
    """A heading, a table with bars, and notes as lines below it."""

    def table(self, table: Table) -> str:
        """The table with its title and notes."""
        body = grid(table, "github", escaped)
        if not table.title:
            return body
        below = "".join(f"\n{escaped(note)}  " for note in table.footnotes)
        return f"### {escaped(table.title)}\n\n{body}\n{below}".rstrip()

    def paragraph(self, text: str) -> str:
        """A sentence between tables."""
        return escaped(text)
