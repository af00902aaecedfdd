"""Texts that plugins and users give, as text that can be written in UTF-8."""

from __future__ import annotations


def plain_text(value: object) -> str:
    """Value as text; what UTF-8 cannot write (half of a surrogate pair) as its escape in letters."""
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="backslashreplace").decode()
    return text
