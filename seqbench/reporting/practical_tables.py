"""Tables of pairs where differences up to a rope count as none: over splits, and over datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.comparison import LEVEL, Comparison
from seqbench.comparing.statistics.rank_tests import EXACT
from seqbench.reporting.comparison_words import OVERLAPS, said
from seqbench.reporting.number_format import named, p_value, points
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey


def practical_splits_table(comparisons: Sequence[Comparison], names: Mapping[ModelKey, str]) -> Table:
    """The pairs of models over the splits of one dataset, with the posterior of the correlated t test."""
    first = comparisons[0]
    rows = [_cells(c, names) for c in comparisons]
    what = "(b) are these ways of learning better, on other samples of such data?"
    title = f"{first.dataset}: {what} Differences in points of {named(first.metric)}"
    columns = ["ahead", "behind", "difference", "95 % interval", "P(better)", "P(equal)", "p", "p (adj.)", "relation"]
    borders = f"{first.test}: intervals beside borders of {100 * (first.rope or 0):g} points"
    notes = [
        f"{borders}, level {100 * LEVEL:.0f} % for all tests of this command by this metric together (Bonferroni).",
        "P: posterior of the Bayesian correlated t test (Benavoli et al. 2017), of this pair alone.",
        f"Both allow for overlaps, {OVERLAPS}.",
    ]
    return Table(title, columns, rows, notes, about={"dataset": first.dataset})


def _cells(c: Comparison, names: Mapping[ModelKey, str]) -> list[str]:
    limits = f"{points(c.ci95[0])} to {points(c.ci95[1])}" if c.ci95 else "-"
    better, equal, _ = c.posterior or (None, None, None)
    shares = ["-" if share is None else f"{100 * share:.0f} %" for share in (better, equal)]
    return [names[c.a], names[c.b], points(c.difference), limits, *shares, p_value(c.p), p_value(c.p_adjusted), said(c)]


def practical_pairs(ranking: Ranking, names: Mapping[ModelKey, str]) -> Table:
    """The pairs of models over several datasets, with the posterior of the signed-rank test."""
    rope, exact = 100 * (ranking.rope or 0), "exact " if len(ranking.datasets) <= EXACT else ""
    rows = [
        [
            names[ranking.models[pair.first]],
            names[ranking.models[pair.second]],
            *(f"{100 * share:.0f} %" for share in astuple(pair.posterior)),
            p_value(pair.p),
            p_value(pair.p_adjusted),
            pair.relation,
        ]
        for pair in ranking.practical
    ]
    title = f"all datasets: pairs of models, differences up to {rope:g} points counted as none"
    columns = ["model", "beside", "P(better)", "P(equal)", "P(worse)", "p", "p (adj.)", "relation"]
    notes = [
        f"p: {exact}signed-rank tests of borders of {rope:g} points; p (adj.): Bonferroni, {ranking.shares} times.",
        "p (adj.) is 1 where they favour the model of the worse mean rank.",
        "P: posterior of the Bayesian signed-rank test (Benavoli et al. 2017), of this pair alone.",
    ]
    return Table(title, columns, rows, notes)
