"""Cells of a pair of models in the tables of a comparison."""

from __future__ import annotations

from collections.abc import Iterable

from seqbench.comparing.comparison import LEVEL, MODEL, Comparison
from seqbench.reporting.comparison_words import Names, said
from seqbench.reporting.number_format import ascending, difference, p_value, size


def cells_beside_rope(c: Comparison, names: Names) -> list[str]:
    """Cells of a pair beside a rope."""
    return [
        names[c.a],
        names[c.b],
        difference(c.difference, c.metric),
        interval(c),
        p_value(c.p),
        p_value(c.p_adjusted),
        said(c),
    ]


def interval(c: Comparison) -> str:
    """The interval of a difference, `-` for none."""
    if c.ci95 is None:
        return "-"
    return " to ".join(difference(end, c.metric) for end in ascending(c.ci95, c.metric))


def seemingly_apart(comparisons: Iterable[Comparison]) -> str:
    """A note where an interval leaves out 0 although the corrected p does not tell the pair apart, else empty."""
    apart = any(
        c.ci95 is not None and c.p_adjusted is not None and c.p_adjusted > LEVEL and c.ci95[0] * c.ci95[1] > 0
        for c in comparisons
    )
    return _SEEMINGLY if apart else ""


_SEEMINGLY = (
    "95 % interval: that of a pair by itself, while p is corrected for all pairs. Where the interval leaves out 0 and "
    "p is not under 0.05, the pair alone would count as told apart, but not as one of so many."
)


def cells_of(c: Comparison, names: Names) -> list[str]:
    """Cells of a pair with the size of the effect and what the test would find."""
    p = [p_value(c.p), p_value(c.p_adjusted)]
    further = [_errors(c), p_value(c.mcnemar)] if c.question == MODEL else [_won(c)]
    return [
        names[c.a],
        names[c.b],
        difference(c.difference, c.metric),
        interval(c),
        further[0],
        *p,
        size(c.detectable, c.metric),
        *further[1:],
    ]


def _errors(c: Comparison) -> str:
    return f"{100 * c.error_reduction:.0f} % fewer" if c.error_reduction is not None else "-"


def _won(c: Comparison) -> str:
    return f"{100 * c.superiority:.0f} %" if c.superiority is not None else "-"
