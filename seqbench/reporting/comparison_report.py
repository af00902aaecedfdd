"""A whole comparison of runs: what can be compared in them, and the tables and JSON that tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from seqbench.comparing import across_splits
from seqbench.comparing.across_datasets import Ranking, ranking
from seqbench.comparing.across_splits import Group, groups, pooled
from seqbench.comparing.comparison import Comparison, compare, with_intervals
from seqbench.comparing.measured import Measured, measure
from seqbench.comparing.per_tag import scan
from seqbench.contracts.metric import Countable, SpanSettings
from seqbench.registry.discovery import Registry
from seqbench.reporting.across_datasets_tables import ranks, splits_table
from seqbench.reporting.comparison_tables import pairs, scanned, standing
from seqbench.reporting.rank_diagram import as_svg, as_text
from seqbench.reporting.side_by_side import side_by_side
from seqbench.reporting.table import Table, json_text, rendered
from seqbench.results.listing import Listing, list_runs, refuse_different_data
from seqbench.results.model_key import ModelKey, key_named
from seqbench.results.predictions import Predictions, read_predictions
from seqbench.results.records import DatasetSummary, Json
from seqbench.results.rows import Results, read_results
from seqbench.results.store import Store
from seqbench.scoring.core_scores import BY_NAME
from seqbench.scoring.registered_metrics import countables


@dataclass(frozen=True)
class Question:
    """Question to runs: each model with the one of a label, or all pairs; by which metrics; each tag too.

    `spans` says how spans are read, None for the way of the runs.
    """

    against: str | None = None
    metrics: Sequence[str] = ("accuracy",)
    per_tag: bool = False
    spans: SpanSettings | None = None


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """Runs on the same data, what is compared in them, and the metrics that can be recounted, by name.

    Nothing of their trials is read yet.
    """

    listing: Listing
    metrics: Mapping[str, Countable]
    question: Question
    against: ModelKey | None

    @property
    def names(self) -> Mapping[ModelKey, str]:
        """The display names of the models."""
        return self.listing.names

    @property
    def groups(self) -> list[Group]:
        """The datasets that are splits of one."""
        return groups(self.listing.datasets)

    def predictions(self, dataset: DatasetSummary) -> Predictions | None:
        """Predictions of the models whose trials are all finished, read from disk; None if there is no such model."""
        predictions = read_predictions(self.listing, dataset, complete=True)
        if predictions is None or self.question.spans is None:
            return predictions
        return replace(predictions, reference=replace(predictions.reference, spans=self.question.spans))

    def measured(self, predictions: Predictions) -> Iterator[Measured]:
        """Counts by each metric of the question; a metric that does not apply to the dataset is left out."""
        for name in self.question.metrics:
            if (measured := measure(predictions, name, self.metrics[name])) is not None:
                yield measured

    def rankings(self, results: Results) -> Iterator[Ranking]:
        """Rankings of the models over several datasets, by each metric."""
        overall = pooled(results)
        for name in self.question.metrics:
            if (ranked := ranking(overall, name)) is not None:
                yield ranked

    def over_splits(self, group: Group, results: Results) -> Iterator[Comparison]:
        """The pairs of models over the splits of one dataset, by each metric."""
        for metric in self.question.metrics:
            yield from across_splits.compare(group, results, metric, self.against)


def comparable(stores: Sequence[Store], registry: Registry, question: Question) -> Comparable:
    """Runs ready to be compared.

    Raises `UsageError` if the runs have different data of one name, if a metric cannot be recounted, or if nothing
    finished under the label that all is to be compared with.
    """
    listing = list_runs(stores)
    refuse_different_data(listing.datasets)
    metrics = countables(registry, question.metrics, wanted=question.metrics)
    complete = {model.key: listing.names[model.key] for model in listing.models if model.complete}
    against = key_named(question.against, complete, "finished model") if question.against is not None else None
    return Comparable(listing=listing, metrics=metrics, question=question, against=against)


def as_json(runs: Comparable, registry: Registry) -> str:
    """The JSON contract with all comparisons, and the interval of every score that can be recounted."""
    return json_text(content(runs, registry))


def content(runs: Comparable, registry: Registry) -> dict[str, Json]:
    """Content of the JSON contract, as plain values."""
    results = read_results(runs.listing)
    each = [p for dataset in runs.listing.datasets if (p := runs.predictions(dataset)) is not None]
    names = sorted({name for row in results.rows for name, score in row.metrics.items() if score.mean is not None})
    results = with_intervals(results, each, {**countables(registry, names), **runs.metrics})
    comparisons = [c for p in each for measured in runs.measured(p) for c in compare(measured, runs.against)]
    comparisons += [c for group in runs.groups for c in runs.over_splits(group, results)]
    if runs.question.per_tag:
        comparisons += [c for p in each for c in scan(p, runs.against)]
    rankings = [ranked.as_json(runs.names) for ranked in runs.rankings(results)]
    plain = [_plain(comparison, runs.names) for comparison in comparisons]
    return {**results.as_json(plain), "rankings": rankings}


def _plain(comparison: Comparison, names: Mapping[ModelKey, str]) -> dict[str, object]:
    """A comparison with the display names of its models."""
    return {**vars(comparison), "a": names[comparison.a], "b": names[comparison.b]}


def comparison_texts(runs: Comparable, form: str) -> list[str]:
    """Tables for each dataset with two models, in one of the table's formats.

    All tables are made before the first can be printed: a broken file is told alone.
    """
    of_all: Callable[[], list[str]] = partial(_of_all, runs, form)  # the longest: it is begun first
    parts = [of_all, *_parts(runs, form)]
    if all(name in BY_NAME for name in runs.question.metrics):
        last, *others = side_by_side(lambda part: part(), parts)
    else:  # what a plugin's metric uses need not survive a fork
        last, *others = [part() for part in parts]
    return list(chain.from_iterable([*others, last]))


def _of_all(runs: Comparable, form: str) -> list[str]:
    """Tables of all datasets together, with the diagram if the format can have it; reads every trial."""
    if len(runs.listing.datasets) <= 1:  # one dataset alone has no rank
        return []
    texts = []
    for ranked in runs.rankings(read_results(runs.listing)):
        texts += _texts(ranks(ranked, runs.names), form)
        if form == "table":
            texts.append(as_text(ranked, runs.names) + "\n")
        elif form == "html":
            texts.append(as_svg(ranked, runs.names))
    return texts


def _parts(runs: Comparable, form: str) -> Iterator[Callable[[], list[str]]]:
    """Makers of the tables of each dataset, of the splits of one, and of its tags: all can work at once."""
    in_groups = {fingerprint for group in runs.groups for fingerprint in group.fingerprints}
    for dataset in runs.listing.datasets:
        if dataset.fingerprint not in in_groups:
            yield partial(_of_dataset, runs, dataset, form)
    for group in runs.groups:
        yield partial(_of_splits, runs, group, form)
    for dataset in runs.listing.datasets if runs.question.per_tag else ():
        yield partial(_of_tags, runs, dataset, form)


def _of_dataset(runs: Comparable, dataset: DatasetSummary, form: str) -> list[str]:
    """Tables of who stands where by each metric, and of the pairs."""
    predictions = runs.predictions(dataset)
    texts = []
    for measured in runs.measured(predictions) if predictions else ():
        if comparisons := compare(measured, runs.against):
            leading = standing(measured, comparisons, runs.names, runs.against)
            texts += _texts([leading, *pairs(measured, comparisons, runs.names)], form)
    return texts


def _of_splits(runs: Comparable, group: Group, form: str) -> list[str]:
    """Table of the pairs over all splits."""
    results = read_results(runs.listing.only(group.fingerprints))
    comparisons = list(runs.over_splits(group, results))
    return _texts([splits_table(comparisons, runs.names)], form) if comparisons else []


def _of_tags(runs: Comparable, dataset: DatasetSummary, form: str) -> list[str]:
    """Table of the F1 of each tag."""
    predictions = runs.predictions(dataset)
    tests = scan(predictions, runs.against) if predictions else []
    return _texts([scanned(predictions, tests, runs.names)], form) if predictions and tests else []


def _texts(tables: Iterable[Table], form: str) -> list[str]:
    return [rendered(table, form) + "\n" for table in tables]
