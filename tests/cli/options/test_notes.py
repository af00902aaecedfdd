"""Notes are on standard error, or nowhere."""

from seqbench.cli import options


def test_who_is_waited_for_is_said_to_those_who_want_quiet_too(capsys):
    options.noting(quiet=True)("waiting for a on b, seed 0: process 7 has worked on it since yesterday")
    assert capsys.readouterr().err.startswith("waiting for a on b, seed 0: process 7")


def test_notes_are_said_on_standard_error_or_not_at_all(capsys):
    options.noting(quiet=True)("hush")
    assert capsys.readouterr() == ("", "")
    options.noting(quiet=False)("listen")
    options.warn("mind this")
    assert capsys.readouterr() == ("", "listen\nwarning: mind this\n")
