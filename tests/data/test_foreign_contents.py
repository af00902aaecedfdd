"""Files that hold no corpus, told by their first bytes."""

import pytest

from seqbench.data.foreign_contents import foreign


@pytest.mark.parametrize(
    ("begin", "what"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n", "is a pointer to the data"),
        (b"/annex/objects/SHA256E-s12--4d\n", "is a pointer to the data"),
        (b"\xef\xbb\xbf\n\n<!DOCTYPE html>\n<html>", "is a web page"),
        (b'<html lang="en">\n<head>', "is a web page"),
        (b"%PDF-1.4\n%", "is a PDF file; save its text as plain text"),
        (b"{\\rtf1\\ansi\nAnna", "is a rich text file"),
    ],
)
def test_what_is_no_corpus_is_named_with_the_way_out(begin, what):
    assert foreign(begin).startswith(what)


@pytest.mark.parametrize(
    "begin", [b"", b"Anna\tB-PER\n", b"<html\tX\n", b"<!DOCTYPE\tX\n", b"version O\n", b"%\tO\nPDF\tO\n"]
)
def test_what_may_be_a_corpus_is_let_through(begin):
    assert not foreign(begin)
