"""Numbers that plugins give, as Python's own."""

from __future__ import annotations

import math
from numbers import Integral, Real


def plain_number(value: object) -> float | None:
    """Value as int or float; None if it is no number, or not finite."""
    if not isinstance(value, Real) or not math.isfinite(value):
        return None
    return int(value) if isinstance(value, Integral) else float(value)
