"""Colours of tables on a terminal: what is best, what is worse and what failed are seen at once."""

from __future__ import annotations

import re

_GREEN, _RED, _END = "\x1b[32m", "\x1b[31m", "\x1b[0m"
_GOOD = re.compile(r"\*\d[\d.,]*(?: ± [\d.]+)?|(?<=  )(?:best|leads|better)(?=  |$)", re.MULTILINE)
_BAD = re.compile(r"^(?:failed|warning): .*|(?<=  )(?:worse|failed|partly_failed)(?=  |$)", re.MULTILINE)


def coloured(text: str) -> str:
    """Text of a table with colours; its words were made safe before."""
    return _BAD.sub(rf"{_RED}\g<0>{_END}", _GOOD.sub(rf"{_GREEN}\g<0>{_END}", text))
