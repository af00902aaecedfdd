"""What a plugin gives as a number, taken as Python's own."""

from __future__ import annotations

import math
from numbers import Integral, Real


def plain_number(value: object) -> float | None:
    """The value as int or float; None for what is no number, or is not finite."""
    if not isinstance(value, Real) or not math.isfinite(value):
        return None
    return int(value) if isinstance(value, Integral) else float(value)
