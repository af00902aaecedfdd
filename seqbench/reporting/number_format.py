"""Numbers as all tables write them."""

from __future__ import annotations

from collections.abc import Iterable

_TIE = 1e-12  # of fractions whose sums ran in another order
_LEAST = 0.00005  # of what four digits can show


def p_value(value: float | None) -> str:
    """A p value with four digits, `-` for none."""
    if value is None:
        return "-"
    return f"{value:.4f}" if value >= _LEAST else "<0.0001"


def points(difference: float) -> str:
    """A difference of fractions as points of 100, with its sign; none has no sign."""
    return "0.00" if abs(difference) < _TIE else f"{100 * difference:+.2f}"


def tied(differences: Iterable[float]) -> list[str]:
    """Note on what no difference means beside pairs of a better and a worse model, if there is one."""
    alike = any(abs(difference) < _TIE for difference in differences)
    return ["0.00 without a sign: both have the same score, and neither is better."] * alike


def named(metric: str) -> str:
    """A metric's name as people write it."""
    return metric.replace("_", " ").replace("-", " ").replace("f1", "F1")


def counted(number: int, what: str) -> str:
    """A number with its noun: 1 pair, 2 pairs."""
    return f"{number:,} {what}{'s' if number != 1 else ''}"
