"""Numbers that plugins give, as Python's own."""

from __future__ import annotations

import math
from numbers import Integral, Real

_WHOLE = 2**63
"""What a whole number stays below; JSON of larger ones is not read back everywhere."""


def plain_number(value: object) -> float | None:
    """Value as int or float; None if it is no number, or not finite."""
    try:
        if not isinstance(value, Real) or not math.isfinite(value):
            return None
        number = int(value) if isinstance(value, Integral) else float(value)
    except (ArithmeticError, TypeError, ValueError):  # too large for a float, or a number that is none
        return None
    return number if isinstance(number, float) or abs(number) < _WHOLE else float(number)
