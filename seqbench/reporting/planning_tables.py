"""The tables of what it takes to find a difference between two models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.planning import DatasetNeed, Need, datasets_needed, needs
from seqbench.comparing.unit_counts import Measured
from seqbench.errors import UsageError
from seqbench.reporting.comparison_report import Comparable
from seqbench.reporting.number_format import named
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey
from seqbench.results.records import Json
from seqbench.scoring.log_loss import PERPLEXITY


def planning_table(measured: Measured, needed: Sequence[Need], size: float, names: Mapping[ModelKey, str]) -> Table:
    """Units and seeds that each pair takes, beside those that are there."""
    seeds = {model.key: 0 if model.deterministic else len(model.ids) for model in measured.models}
    rows = [[names[n.a], names[n.b], _number(n.units), _seeds(seeds, n), _needed(n, seeds)] for n in needed]
    dataset, kind = measured.predictions.dataset.name, measured.units.kind
    what = f"what it takes to find {100 * size:g} points of {named(measured.metric)} in 80 % of cases"
    columns = ["model", "beside", f"(a) {kind}", "(b) seeds now", "(b) seeds"]
    notes = [
        f"(a): {kind} of test with the models as they are; there are {len(measured.units.starts) - 1:,}.",
        "(b): seeds of each model on this test set. never: the text is too short, whatever the seeds.",
        "-: no seed changes the models. ?: it takes a run with two or more seeds to tell.",
        "As many tests are corrected together as compare makes of these runs.",
        "What few seeds or units show of their spread is rough: take more.",
    ]
    return Table(f"{dataset}: {what}", columns, rows, notes)


def needs_of(runs: Comparable, size: float) -> Iterator[tuple[Measured, list[Need]]]:
    """Needs of each pair on each dataset on which there is one. Raises `UsageError` if the metric has no points."""
    if PERPLEXITY in runs.question.metrics:
        raise UsageError(f"--detect is in points, and a difference of {PERPLEXITY} is not; plan by another --metric")
    each = [p for dataset in runs.listing.datasets if (p := runs.predictions(dataset)) is not None]
    for measured in (m for predictions in each for m in runs.measured(predictions)):
        if needed := list(needs(measured, size, runs.tests, runs.against)):
            yield measured, needed


def needs_as_json(runs: Comparable, size: float) -> Iterator[dict[str, Json]]:
    """Needs of each pair as plain values: `units` of `kind`, and `seeds`; None where no number is enough."""
    for measured, needed in needs_of(runs, size):
        head = {"dataset": measured.predictions.dataset.name, "metric": measured.metric, "kind": measured.units.kind}
        for need in needed:
            names = {"a": runs.names[need.a], "b": runs.names[need.b]}
            yield {**head, **names, "units": need.units, "seeds": need.seeds, "seeds_known": need.seeds_known}
    for ranking in runs.rankings(runs.results()):
        for size_needed in datasets_needed(ranking, size):
            names = {"a": runs.names[size_needed.a], "b": runs.names[size_needed.b]}
            yield {
                "dataset": "all datasets",
                "metric": ranking.metric,
                "kind": "dataset",
                **names,
                "units": size_needed.datasets,
            }


def datasets_table(
    ranking: Ranking, needed: Sequence[DatasetNeed], size: float, names: Mapping[ModelKey, str]
) -> Table:
    """Datasets that each pair takes, and how far its differences spread over those that are there."""
    rows = [[names[n.a], names[n.b], f"{100 * n.spread:.2f}", _number(n.datasets)] for n in needed]
    what = f"what it takes to find {100 * size:g} points of {named(ranking.metric)} in 80 % of cases"
    notes = [
        f"datasets: of the kind of these {len(ranking.datasets)}, for a mean difference of that size over all such.",
        "spread: standard deviation of the differences on these; what few datasets show of it is rough: take more.",
        "By exact signed-rank tests, as many pairs corrected together as there are now.",
    ]
    return Table(f"all datasets: {what}", ["model", "beside", "spread", "datasets"], rows, notes)


def _number(number: int | None) -> str:
    return f"{number:,}" if number is not None else "never"


def _seeds(seeds: Mapping[ModelKey, int], need: Need) -> str:
    return " and ".join(str(seeds[model]) for model in (need.a, need.b) if seeds[model]) or "-"


def _needed(need: Need, seeds: Mapping[ModelKey, int]) -> str:
    if not any(seeds[model] for model in (need.a, need.b)):
        return "-"
    return _number(need.seeds) if need.seeds_known else "?"
