"""The door for formats: a stranger's format needs no more than it, and says what it offers by its methods."""

from seqbench.formats import DocumentFormat, DrawingFormat, Format, RowsFormat, Table, safe_line, safe_lines


class Lists:
    """A format of strangers."""

    def table(self, table: Table) -> str:
        return "\n".join(safe_line(cell) for row in table.rows for cell in row)

    def paragraph(self, text: str) -> str:
        return safe_lines(text)


def test_methods_tell_what_a_format_offers():
    assert isinstance(Lists(), Format)
    assert not isinstance(Lists(), RowsFormat | DocumentFormat | DrawingFormat)
    assert Lists().table(Table("t", ["a"], [["x\x1b"]])) == "x\\x1b"
