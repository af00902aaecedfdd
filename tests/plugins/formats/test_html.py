"""Tables in HTML: escaped, and a document around them that loads nothing."""

from seqbench.formats import Table
from seqbench_plugins.formats.html import HTML


def test_texts_are_escaped():
    text = HTML().table(Table("<t>", ["<c>"], [["<x>"]], ["<n>"])) + HTML().paragraph("<p>")
    assert not [payload for payload in ("<t>", "<c>", "<x>", "<n>", "<p><p>") if payload in text]


def test_the_document_has_its_charset_and_style_and_loads_nothing():
    text = HTML().opening() + HTML().closing()
    assert "charset" in text
    assert "<style>" in text
    assert not [word for word in ("url(", "src=", "href=", "<script") if word in text]
