"""Files whose first bytes say that they hold no corpus: a pointer of Git LFS, a web page, a document of an office."""

from __future__ import annotations

LOOKED_AT = 1 << 10
"""Bytes at the beginning of a file that tell."""
_POINTERS = (b"version https://git-lfs.github.com/spec/", b"/annex/objects/", b"../.git/annex/objects/")
_PAGES = (b"<!doctype html", b"<html")
_KINDS = {
    b"%PDF-": "a PDF file",
    b"{\\rtf": "a rich text file (RTF)",
    b"\xd0\xcf\x11\xe0": "a file of an old office program",
}
SHEETS = frozenset({".xlsx", ".xls", ".ods"})
"""Suffixes of spreadsheets."""


def foreign(begin: bytes) -> str:
    """Kind of a file that begins so, with the way out; empty for what may be a corpus."""
    plain = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(_POINTERS):
        way = "fetch the file itself ('git lfs pull', 'git annex get')"
        return f"is a pointer to the data, as Git LFS and git-annex leave it, not the data; {way}"
    if plain[:20].lower().startswith(_PAGES) and b">" in plain.partition(b"\n")[0]:
        return "is a web page, not the data; download the file itself (on GitHub: 'Raw')"
    kind = next((kind for start, kind in _KINDS.items() if plain.startswith(start)), "")
    return f"is {kind}; save its text as plain text, one token a line" if kind else ""
