"""Tables in HTML, of a command as a whole document."""

from __future__ import annotations

from html import escape

from seqbench.formats import Table, safe_line
from seqbench_plugins.formats._grids import grid

_STYLE = (
    "body{font-family:sans-serif;margin:1em;color-scheme:light dark}table{border-collapse:collapse;margin:1em 0}"
    "th,td{padding:.2em .7em;border-bottom:1px solid #8884}thead th{border-bottom:2px solid}svg{max-width:100%}"
)


class HTML:
    """Headings, tables, paragraphs and drawings, all text escaped."""

    def table(self, table: Table) -> str:
        """The table with its title and notes."""
        body = grid(table, "html", safe_line)
        if not table.title:
            return body
        return f"<h2>{_text(table.title)}</h2>\n{body}" + "".join(f"\n<p>{_text(n)}</p>" for n in table.footnotes)

    def paragraph(self, text: str) -> str:
        """A sentence between tables."""
        return f"<p>{_text(text)}</p>"

    def drawing(self, svg: str) -> str:
        """A drawing between tables."""
        return svg

    def opening(self) -> str:
        """Text that a document begins with."""
        head = f'<meta charset="utf-8">\n<title>seqbench</title>\n<style>{_STYLE}</style>'
        return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>'

    def closing(self) -> str:
        """Text that a document ends with."""
        return "</body>\n</html>"


def _text(text: str) -> str:
    return escape(safe_line(text))
