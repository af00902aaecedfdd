"""Parts that formats of tables are made with: tables, the options of a format, and texts that no terminal obeys.

A format is a function of one `Table` that returns its text, or an object with the methods of `Format`, `RowsFormat`,
`DocumentFormat`, `DrawingFormat` or `PaperFormat`. A class is called once, without arguments.
"""

from __future__ import annotations

from seqbench.reporting.safe_text import line as safe_line
from seqbench.reporting.safe_text import lines as safe_lines
from seqbench.reporting.table import Table
from seqbench.reporting.table_formats import DocumentFormat, DrawingFormat, Format, PaperFormat, RowsFormat

__all__ = ["DocumentFormat", "DrawingFormat", "Format", "PaperFormat", "RowsFormat", "Table", "safe_line", "safe_lines"]
