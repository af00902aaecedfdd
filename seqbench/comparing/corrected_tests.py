"""All tests that one command makes by one metric, corrected together: over pairs, questions and datasets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from seqbench.comparing.comparison import BETTER, IDENTICAL, LEARNER, LEVEL, MODEL, OPEN, SAME, Comparison, PairTest
from seqbench.comparing.detectable import detectable
from seqbench.comparing.practical_relations import within_rope
from seqbench.comparing.statistics.corrections import holm
from seqbench.results.model_names import ModelKey


def corrected(tests: Sequence[PairTest], times: int = 1, rope: float | None = None) -> list[Comparison]:
    """The comparisons with Holm's p, its relation, the interval, and the difference that such a test would find.

    Each metric is a family of its own. `times`: of how many families the level is shared, such as one over datasets.
    With a `rope` its borders are tested (`seqbench.comparing.practical_relations`).
    """
    if rope is not None:
        return within_rope(tests, times, rope)
    comparisons: dict[int, Comparison] = {}
    for metric in dict.fromkeys(test.comparison.metric for test in tests):
        of_metric = [number for number, test in enumerate(tests) if test.comparison.metric == metric]
        numbers = [number for number in of_metric if _is_asked(tests[number].comparison)]
        adjusted = [min(1.0, times * p) for p in holm([tests[number].comparison.p or 0.0 for number in numbers])]
        comparisons |= {number: _unasked(tests[number]) for number in set(of_metric).difference(numbers)}
        still = {_pair(tests[number]) for number, p in zip(numbers, adjusted, strict=True) if p > LEVEL}
        for number, p in zip(numbers, adjusted, strict=True):
            comparisons[number] = _asked(tests[number], p, LEVEL / times / _left(tests[number], still))
    return [comparisons[number] for number in range(len(tests))]


def _pair(test: PairTest) -> tuple[str, str, frozenset[ModelKey]]:
    c = test.comparison
    return c.question, c.dataset, frozenset((c.a, c.b))


def _left(test: PairTest, still: Collection[tuple[str, str, frozenset[ModelKey]]]) -> int:
    """Number of open tests by which Holm's next step would divide the level for a test.

    A difference that is found for the learners is found for their models first, which is then open no more.
    """
    question, dataset, models = _pair(test)
    found_first = question == LEARNER and (MODEL, dataset, models) in still
    return max(1, len(still) - found_first)


def _is_asked(c: Comparison) -> bool:
    """Whether there is anything to test: models that predict the same are no question."""
    return c.p is not None and c.relation != IDENTICAL


def _unasked(test: PairTest) -> Comparison:
    c = test.comparison
    return replace(c, p_adjusted=c.p, relation=c.relation or OPEN)


def _asked(test: PairTest, adjusted: float, level: float) -> Comparison:
    """A comparison with its corrected p; `level` is what Holm's next step would take, which is that of what is open."""
    estimate, relation, why = test.estimate, BETTER if adjusted <= LEVEL else SAME, None
    if relation == SAME and test.floor > level:
        least = f"so few units with different answers give no p under {test.floor:.2g}"
        relation, why = OPEN, f"{least}, and {level:.2g} is needed for so many tests"
    return replace(
        test.comparison,
        p_adjusted=adjusted,
        relation=relation,
        why=why,
        ci95=estimate.interval(1 - LEVEL * test.share) if estimate else None,
        detectable=None if why else detectable(test, level * test.share),
    )
