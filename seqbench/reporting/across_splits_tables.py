"""Comparisons over the splits of one dataset as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seqbench.comparing.comparison import BETTER, LEVEL, SAME, Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison, Standing
from seqbench.reporting.comparison_words import OVERLAPS, OVERLAPS_AT_LENGTH, Names, verdict
from seqbench.reporting.number_format import difference, in_points, missed, named, p_value, size, tied
from seqbench.reporting.pair_cells import interval, seemingly_apart
from seqbench.reporting.practical_tables import practical_splits_table
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey


def splits_verdict(comparisons: Sequence[Comparison], names: Names, against: ModelKey | None = None) -> str:
    """One plain sentence on the models over the splits of one dataset, and one on what the test would miss."""
    ahead = _ahead(comparisons)
    standings = [
        Standing(model=model, mean=by, interval=None, deterministic=False, p_best=0.0) for model, by in ahead.items()
    ]
    first = comparisons[0]
    sentence = verdict(
        DatasetComparison(
            dataset=first.dataset, metric=first.metric, units="", standings=standings, tests=[],
            comparisons=list(comparisons),
        ),
        names,
        against,
    )  # fmt: skip
    sizes = [c.detectable for c in comparisons if c.relation == SAME and c.rope is None and c.detectable is not None]
    if not sizes:
        return sentence
    return f"{sentence} Not told apart does not mean equal: {missed(sizes, first.metric)} would often be missed."


def taken_for_granted(comparisons: Sequence[Comparison]) -> str:
    """One sentence on what the test takes for granted, empty where it shows nothing."""
    shown = any(c.relation == BETTER for c in comparisons)
    return f" The test allows for overlaps, {OVERLAPS}." if shown else ""


def _ahead(comparisons: Sequence[Comparison]) -> dict[ModelKey, float]:
    """How far each model is ahead of those that it is compared with, the best first."""
    sums: dict[ModelKey, float] = {}
    for c in comparisons:
        for model, by in ((c.a, c.difference), (c.b, -c.difference)):
            sums[model] = sums.get(model, 0.0) + by
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def with_the_best(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The pairs with the model that is ahead of all."""
    best = next(iter(_ahead(comparisons)))
    return [c for c in comparisons if best in (c.a, c.b)]


def splits_table(comparisons: Sequence[Comparison], names: Names, pairs: int | None = None) -> Table:
    """The pairs of models over the splits of one dataset; they may be some of so many `pairs`."""
    table = _table(comparisons, names)
    left = f"Pairs with the best model alone; --pairs prints all {pairs}."
    return replace(table, footnotes=[*table.footnotes, left]) if pairs and pairs > len(comparisons) else table


def _table(comparisons: Sequence[Comparison], names: Names) -> Table:
    if comparisons[0].rope is not None:
        return practical_splits_table(comparisons, names)
    rows = [_cells(c, names) for c in comparisons]
    first = comparisons[0]
    what = "(b) are these ways of learning better, on other samples of such data?"
    title = f"{first.dataset}: {what} Differences {in_points(first.metric)}{named(first.metric)}"
    test = f"{first.test} (after Nadeau and Bengio 2003); Holm over all tests of this command by this metric"
    notes = [
        f"{test}, level {100 * LEVEL:.0f} %: {_decided(comparisons, names)}.",
        f"It allows for overlaps, {OVERLAPS}.",
        *filter(None, [seemingly_apart(comparisons)]),
        *tied(c.difference for c in comparisons),
    ]
    return Table(
        title, _OF_SPLITS, rows, notes, groups=[_OF_SPLITS[2:]], legend=_LEGEND, about={"dataset": first.dataset}
    )


def _cells(c: Comparison, names: Names) -> list[str]:
    won = "-" if c.superiority is None else f"{100 * c.superiority:.0f} %"
    tested = [p_value(c.p_adjusted), won, p_value(c.p), size(c.detectable, c.metric)]
    return [names[c.a], names[c.b], difference(c.difference, c.metric), interval(c), *tested]


_OF_SPLITS = ["ahead", "behind", "difference", "95 % interval", "p (Holm)", "splits won", "p", "detectable"]
_LEGEND = {
    "difference": "the mean over splits of the score of the model ahead less that of the one behind",
    "95 % interval": "true differences that these splits allow, for this pair by itself",
    "splits won": "how often the model ahead has the better score on a split",
    "p": f"how often models that are equal would differ so much by chance, {OVERLAPS_AT_LENGTH}",
    "p (Holm)": "p corrected for all tests of this command by this metric; under 0.05 the pair is told apart",
    "detectable": "the real difference that the test, so corrected, finds in about 80 % of cases",
}


def _decided(comparisons: Sequence[Comparison], names: Names) -> str:
    apart = [
        f"{names[c.a]} over {names[c.b]}" for c in comparisons if c.p_adjusted is not None and c.p_adjusted <= LEVEL
    ]
    rest = [f"{names[c.a]} and {names[c.b]}" for c in comparisons if c.p_adjusted is None or c.p_adjusted > LEVEL]
    shown = [f"shown: {', '.join(apart)}"] if apart else []
    return "; ".join([*shown, *([f"not told apart: {', '.join(rest)}"] if rest else [])])
