r"""Text of words, tags, labels, notes and errors made safe for where it is printed: nothing in it is obeyed.

Control characters (escape sequences of terminals among them), line and paragraph separators, lone surrogates and the
controls of bidirectional text are shown as Python writes them (`\x1b`, `\u202e`), in every format; further, each format
escapes what it would take as its own. Letters of any script stay.
"""

from __future__ import annotations

import re

_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_SEPARATORS = r"\u2028\u2029"
_BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_OTHERS = r"\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_UNSAFE = re.compile(f"[{_CONTROLS}{_SEPARATORS}{_BIDI}{_OTHERS}]")
_UNSAFE_BUT_LINES = re.compile(rf"(?!\n)[{_CONTROLS}{_SEPARATORS}{_BIDI}{_OTHERS}]")


def line(text: str) -> str:
    r"""Text on one line for a terminal; a line break in it is shown as \n."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_shown, text)


def lines(text: str) -> str:
    """Text of several lines for a terminal."""
    return _UNSAFE_BUT_LINES.sub(_shown, text)


def markup(text: str) -> str:
    """Text on one line as HTML and SVG hold it."""
    from html import escape

    return escape(line(text))


def json(text: str) -> str:
    """JSON in which the same characters are written as its escapes: it says the same."""
    return _UNSAFE_BUT_LINES.sub(_json_escape, text)


def _shown(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
