"""Better, worse, equal for all practical purposes, or undecided: pairs beside a rope, corrected together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, replace

from seqbench.comparing.comparison import BETTER, EQUAL, IDENTICAL, LEVEL, OPEN, SAME, Comparison, PairTest
from seqbench.comparing.statistics.practical_equality import border_p, correlated_t, with_least_error

_NO_ERROR = "the score has no error here that equality could be held against"


def within_rope(tests: Sequence[PairTest], times: int, rope: float) -> list[Comparison]:
    """The comparisons whose p is that of a border of the rope, by Bonferroni over all tests by one metric.

    All intervals of the corrected level then hold together, and with them all that is said, of either kind.
    """
    many = Counter(test.comparison.metric for test in tests if _is_asked(test))
    return [_decided(test, times * many[test.comparison.metric], rope) for test in tests]


def _is_asked(test: PairTest) -> bool:
    c = test.comparison
    return c.p is not None and c.relation != IDENTICAL and test.estimate is not None


def _decided(test: PairTest, times: int, rope: float) -> Comparison:
    c = replace(test.comparison, rope=rope)
    if not _is_asked(test) or test.estimate is None:
        return replace(c, p=None, relation=c.relation or OPEN, why=c.why or (None if c.relation else _NO_ERROR))
    estimate = with_least_error(test.estimate, test.step)
    p = min(1.0, border_p(estimate, rope) / test.share)
    adjusted = min(1.0, times * p)
    decided = BETTER if abs(estimate.value) > rope else EQUAL
    alone = len(test.estimate.parts) == 1 and c.question == "splits"
    return replace(
        c,
        p=p,
        p_adjusted=adjusted,
        relation=decided if adjusted <= LEVEL else SAME,
        ci95=estimate.interval(1 - LEVEL * test.share),
        posterior=astuple(correlated_t(test.estimate, rope)) if alone else None,
    )
