"""Numbers as all tables write them."""

from __future__ import annotations


def p_value(value: float | None) -> str:
    """Four digits, `-` for none."""
    if value is None:
        return "-"
    return f"{value:.4f}" if value >= 0.00005 else "<0.0001"  # noqa: PLR2004 -- four digits


def points(difference: float) -> str:
    """A difference of fractions as points of 100, with its sign."""
    return f"{100 * difference:+.2f}"


def named(metric: str) -> str:
    """A metric's name as people write it."""
    return metric.replace("_", " ").replace("-", " ").replace("f1", "F1")


def counted(number: int, what: str) -> str:
    """1 pair, 2 pairs."""
    return f"{number:,} {what}{'s' if number != 1 else ''}"
