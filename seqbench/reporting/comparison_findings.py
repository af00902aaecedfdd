"""All that a comparison of runs found, and the JSON that tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seqbench.comparing import overall_standing
from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.across_splits import groups
from seqbench.comparing.comparison import Comparison
from seqbench.comparing.corrected_tests import corrected
from seqbench.comparing.dataset_comparison import DatasetComparison, compared
from seqbench.comparing.multiverse import Multiverse
from seqbench.comparing.per_tag import scan
from seqbench.comparing.placements import Place, Placement, placements
from seqbench.comparing.score_intervals import with_intervals
from seqbench.comparing.score_table import typed_in
from seqbench.registry.discovery import Registry
from seqbench.reporting import multiverse_tables
from seqbench.reporting.comparison_report import Comparable
from seqbench.reporting.table import json_text
from seqbench.results.listing import Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.records import Json
from seqbench.results.rows import Results, TypedIn
from seqbench.scoring.registered_metrics import countables


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All that a comparison of runs found: results with intervals, comparisons corrected together, rankings.

    `placements` are ranks on each dataset, where all pairs were compared. `multiverse` is None unless asked for.
    `unmarked` names the datasets whose sentences are taken as independent, since nothing marks documents.
    """

    results: Results
    comparisons: Sequence[Comparison]
    rankings: Sequence[Ranking]
    placements: Mapping[Place, Placement]
    multiverse: Sequence[Multiverse] | None = None
    unmarked: Sequence[str] = ()

    def as_json(self) -> dict[str, Json]:
        """Content of the JSON contract, as plain values."""
        names = self.results.names
        rankings = [overall_standing.as_json(ranked, names) for ranked in self.rankings]
        document = self.results.as_json([_plain(c, names) for c in self.comparisons])
        places = [self.placements.get((row.dataset.name, row.key), Placement()) for row in self.results.rows]
        rows = zip(document["rows"], places, strict=True)
        document["rows"] = [{**row, **placement.as_json()} for row, placement in rows]
        analysed = None if self.multiverse is None else multiverse_tables.as_json(self.multiverse, names)
        return {**document, "rankings": rankings, "multiverse": analysed}


def as_json(runs: Comparable, registry: Registry) -> str:
    """The JSON contract with all comparisons, and the interval of every score that can be recounted."""
    return json_text(content(runs, registry))


def content(runs: Comparable, registry: Registry) -> dict[str, Json]:
    """Content of the JSON contract, as plain values."""
    return findings(runs, registry).as_json()


def findings(runs: Comparable, registry: Registry) -> Findings:
    """Results, comparisons and rankings of these runs; every trial is read."""
    results = runs.results()
    each = [p for dataset in runs.listing.datasets if (p := runs.predictions(dataset)) is not None]
    names = sorted({name for row in results.rows for name, score in row.metrics.items() if score.mean is not None})
    metrics = {**countables(registry, names), **runs.metrics}
    results = with_intervals(results, each, metrics, sentences=runs.question.sentences)
    on_datasets = [compared(m, runs.against, runs.tests) for p in each for m in runs.measured(p)]
    comparisons = _corrected(runs, on_datasets, results)
    placed = {} if runs.against else placements(on_datasets, comparisons)
    if runs.question.per_tag:
        comparisons += [c for p in each for c in scan(p, runs.against)]
    rankings = list(runs.rankings(results))
    result = Findings(
        results=results, comparisons=comparisons, rankings=rankings, placements=placed, unmarked=runs.unmarked
    )
    if not runs.question.multiverse:
        return result
    return replace(result, multiverse=[m for dataset in runs.listing.datasets for m in runs.multiverse(dataset)])


def _corrected(runs: Comparable, on_datasets: Sequence[DatasetComparison], results: Results) -> list[Comparison]:
    """Comparisons with corrected p: those that `seqbench compare` prints together, and those on single splits."""
    single = {dataset.name for group in runs.groups for dataset in group.datasets}
    printed = [test for dataset in on_datasets if dataset.dataset not in single for test in dataset.tests]
    printed += [test for group in runs.groups for test in runs.over_splits(group, results)]
    of_single = [test for dataset in on_datasets if dataset.dataset in single for test in dataset.tests]
    families = [corrected(tests, runs.families, runs.question.rope) for tests in (of_single, printed)]
    return [comparison for family in families for comparison in family]


def typed_in_beside(listing: Listing, file: Path | None) -> list[TypedIn]:
    """The scores of a file, if one is named, for the datasets of a listing or what stands for several splits."""
    if file is None:
        return []
    names = [dataset.name for dataset in listing.datasets]
    return typed_in(file, [*names, *(group.name for group in groups(listing.datasets))])


def _plain(comparison: Comparison, names: Mapping[ModelKey, str]) -> dict[str, object]:
    """A comparison with the display names of its models."""
    return {**vars(comparison), "a": names[comparison.a], "b": names[comparison.b]}
