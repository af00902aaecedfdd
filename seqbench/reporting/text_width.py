"""Columns of text that words take on a terminal, and words broken into lines of so many."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BETWEEN = re.compile(r" (?![%±])")  # a number and its unit stay together
_PARTS = re.compile(r"[\w.+-]+[^\w\s]*|\W")  # no line begins with the bracket that closes another


def width(text: str) -> int:
    """Columns of a text on one line: letters of some scripts take two, combining ones none."""
    if text.isascii():
        return len(text)
    import wcwidth

    columns: int = wcwidth.wcswidth(text)
    return columns if columns >= 0 else len(text)


def wrapped(text: str, columns: int, *, breaking: bool = False) -> list[str]:
    """Lines of at most so many columns, broken at blanks; with `breaking` too long a word is broken, too.

    Such a word is broken after punctuation, and within a name or number only if that alone is too long.
    """
    if width(text) <= columns:
        return [text]
    indent = "" if breaking else text[: len(text) - len(text.lstrip(" "))]
    rows = [indent]
    for word in _BETWEEN.split(text.strip(" ")):
        for first, part in _pieces(word, columns if breaking else None):
            blank = " " if first and rows[-1].strip() else ""
            if rows[-1].strip() and width(rows[-1] + blank + part) > columns:
                rows.append(part)
            else:
                rows[-1] += blank + part
    return rows


def _pieces(word: str, columns: int | None) -> Iterator[tuple[bool, str]]:
    """Parts that a word may be broken into, each with whether it is the first."""
    if columns is None or width(word) <= columns:
        yield True, word
        return
    parts = [piece for part in _PARTS.findall(word) for piece in _cut(part, columns)]
    yield from ((not number, part) for number, part in enumerate(parts))


def _cut(part: str, columns: int) -> Iterator[str]:
    """A part in pieces of at most so many columns."""
    piece = ""
    for letter in part:
        if piece and width(piece + letter) > columns:
            yield piece
            piece = ""
        piece += letter
    yield piece


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Text with blanks to so many columns, before it if it stands to the right."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks
