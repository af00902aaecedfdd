"""Notes are on standard error, or nowhere."""

from seqbench.cli import options


def test_notes_are_said_on_standard_error_or_not_at_all(capsys):
    options.noting(quiet=True)("hush")
    assert capsys.readouterr() == ("", "")
    options.noting(quiet=False)("listen")
    options.warn("mind this")
    assert capsys.readouterr() == ("", "listen\nwarning: mind this\n")
