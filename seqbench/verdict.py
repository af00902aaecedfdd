"""Comparisons as a table and in words: who is best, who cannot be told from the best, what cannot be decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seqbench.comparison import LEARNER, LEVEL, MODEL, Comparison, Evidence
from seqbench.tables import Table

_QUESTIONS = {
    MODEL: "(a) these trained models, on text like this test set",
    LEARNER: "(b) these ways of learning, with other seeds",
}


def table(found: Evidence, comparisons: Sequence[Comparison]) -> Table:
    """All comparisons of a dataset with effect first, and the verdict of each question below."""
    columns = ["question", "better", "than", "difference", "95 % interval", "errors", "p", "p (Holm)", "detectable"]
    title = f"{found.dataset}: differences in points of accuracy, {len(found.tokens):,} {found.units} resampled"
    return Table(title, columns, [_cells(c) for c in comparisons], list(_verdicts(found, comparisons)))


def _cells(c: Comparison) -> list[str]:
    interval = f"{100 * c.ci95[0]:+.2f} to {100 * c.ci95[1]:+.2f}" if c.ci95 else "-"
    errors = f"{-100 * c.error_reduction:+.0f} %" if c.error_reduction is not None else "-"
    p = [f"{value:.4f}" if value is not None else "-" for value in (c.p, c.p_adjusted)]
    detectable = f"{100 * c.detectable:.2f}" if c.detectable is not None else "-"
    return [_QUESTIONS[c.question][:3], c.a, c.b, f"{100 * c.difference:+.2f}", interval, errors, *p, detectable]


def _verdicts(found: Evidence, comparisons: Sequence[Comparison]) -> Iterator[str]:
    for question, words in _QUESTIONS.items():
        asked = [c for c in comparisons if c.question == question]
        decided = [c for c in asked if c.p_adjusted is not None]
        if asked and not decided:
            yield f"{words}: not decided, it takes two or more seeds (--seeds 5)."
        elif decided:
            test = f"{decided[0].test}, Holm over {len(decided)} pairs, level {100 * LEVEL:.0f} %"
            yield f"{words} ({test}): {_best(found, decided)}"
    if comparisons:
        yield "detectable: the smallest difference that 80 % of such tests would have found; errors: change of errors."


def _best(found: Evidence, decided: Sequence[Comparison]) -> str:
    """Who leads, and who of those compared with the leader is not shown to be worse."""
    leader = max(found.labels, key=lambda label: found.accuracies(found.labels.index(label)).mean())
    with_leader = [c for c in decided if c.a == leader]
    open_ = [c for c in with_leader if c.p_adjusted is None or c.p_adjusted > LEVEL]
    if not with_leader:
        return "see the table."
    if not open_:
        return f"{leader} is better than every other."
    names = ", ".join(c.b for c in open_)
    least = max(c.detectable or 0 for c in open_)
    return (
        f"{leader} leads, but is not shown to be better than {names}; "
        f"a difference under {100 * least:.2f} points would rarely be found here."
    )
