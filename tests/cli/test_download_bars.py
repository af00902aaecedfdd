"""Bars of downloads are for terminals."""

import io

from seqbench.cli.download_bars import download_bars


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_for_each_file():
    terminal = Terminal()
    tell = download_bars(terminal)
    for name in ("first.txt", "second.txt"):
        tell(name, 500, 1000)
        tell(name, 1000, 1000)
    assert "first.txt" in terminal.getvalue()
    assert "second.txt" in terminal.getvalue()


def test_nothing_is_written_where_nobody_looks():
    file = io.StringIO()
    assert download_bars(file)("first.txt", 1, 2) is None
    assert file.getvalue() == ""
