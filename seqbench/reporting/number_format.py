"""Numbers as all tables write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from seqbench.scoring.log_loss import PERPLEXITY

_TIE = 1e-12  # of fractions whose sums ran in another order
_ALL_POINTS = 100
_WRITTEN = {"f1": "F1", "o": "O"}  # parts of names that are not small
_LEAST = 0.00005  # of what four digits can show


def p_value(value: float | None) -> str:
    """A p value with four digits, `-` for none."""
    if value is None:
        return "-"
    return f"{value:.4f}" if value >= _LEAST else "<0.0001"


def milliseconds(value: float) -> str:
    """Milliseconds with one digit after the point; less than one with two digits, so that none is nothing."""
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def short(value: float) -> str:
    """Three digits and the thousands they count: 16.3M."""
    for power, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= 0.9995 * power:
            return f"{value / power:#.3g}".rstrip(".") + letter
    return f"{value:.0f}"


def points(difference: float) -> str:
    """A difference of fractions as points of 100, with its sign; none has no sign."""
    return "0.00" if abs(difference) < _TIE else f"{100 * difference:+.2f}"


def score(value: float, metric: str) -> str:
    """A score in %, but a perplexity, which comparisons have below zero, as it is."""
    return f"{-value:,.2f}" if metric == PERPLEXITY else f"{100 * value:.2f}"


def limits(interval: tuple[float, float] | None, metric: str) -> str:
    """The interval of a score, `-` for none."""
    if interval is None:
        return "-"
    return " to ".join(score(end, metric) for end in ascending(interval, metric))


def ascending(interval: tuple[float, float], metric: str) -> tuple[float, float]:
    """The ends of an interval in the order of what is printed."""
    return (interval[1], interval[0]) if metric == PERPLEXITY else interval


def difference(value: float, metric: str) -> str:
    """A difference with its sign, in points of 100, but one of perplexities as it is: less is better."""
    return points(-value / 100) if metric == PERPLEXITY else points(value)


def size(value: float | None, metric: str) -> str:
    """A size of differences in points of 100, of perplexities as it is, `-` for none."""
    return "-" if value is None else f"{(1 if metric == PERPLEXITY else 100) * value:.2f}"


def missed(sizes: Sequence[float], metric: str) -> str:
    """Words for the differences that are often missed: those under the median of these sizes, with its unit."""
    number = (1 if metric == PERPLEXITY else 100) * median(sizes)
    if metric != PERPLEXITY and number >= _ALL_POINTS:
        return "differences of any size"
    shown = f"{number:.2f}"
    of = " of perplexity" if metric == PERPLEXITY else " points"
    return f"differences under {shown if float(shown) else f'{number:.2g}'}{of}"


def unit(metric: str) -> str:
    """Text behind the name of a metric, over its scores."""
    return " (less is better)" if metric == PERPLEXITY else " in %"


def in_points(metric: str) -> str:
    """Text before the name of a metric, over its differences."""
    return "of " if metric == PERPLEXITY else "in points of "


def tied(differences: Iterable[float]) -> list[str]:
    """Note on what no difference means beside pairs of a better and a worse model, if there is one."""
    alike = any(abs(difference) < _TIE for difference in differences)
    return ["0.00 without a sign: both have the same score, and neither is better."] * alike


def named(metric: str) -> str:
    """A metric's name as people write it."""
    return " ".join(_WRITTEN.get(word, word) for word in re.split("[_ -]", metric))


def counted(number: int, what: str) -> str:
    """A number with its noun: 1 pair, 2 pairs."""
    return f"{number:,} {what}{'s' if number != 1 else ''}"


def several(numbers: Iterable[int], what: str) -> str:
    """The numbers above one with their noun: 5 seeds, 2 to 5 seeds; nothing where there is none."""
    some = {number for number in numbers if number > 1}
    if not some:
        return ""
    return f"{max(some)} {what}" if len(some) == 1 else f"{min(some)} to {max(some)} {what}"
