"""A whole comparison of runs: the question, and what can be compared in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seqbench.comparing import across_splits
from seqbench.comparing.across_datasets import SHARES, Ranking, ranking
from seqbench.comparing.across_splits import Group, groups, pooled
from seqbench.comparing.comparison import PairTest
from seqbench.comparing.dataset_comparison import DatasetComparison, compared
from seqbench.comparing.gate_quantities import by_probabilities
from seqbench.comparing.multiverse import Multiverse, multiverse
from seqbench.comparing.multiverse_scores import ACCURACY, MACRO_F1, SPAN_F1
from seqbench.comparing.pooled_folds import pooled_predictions
from seqbench.comparing.statistics.rank_tests import HOLM
from seqbench.comparing.unit_counts import Measured, Units, measure
from seqbench.contracts.metric import Countable, SpanSettings
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.results.listing import Listing, list_runs, refuse_different_data
from seqbench.results.model_names import ModelKey, key_named
from seqbench.results.predictions import Predictions, TagSpace, read_predictions
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results, Row, read_results
from seqbench.results.store import Store
from seqbench.scoring.log_loss import PERPLEXITY
from seqbench.scoring.registered_metrics import countables

_SCORES = {"macro_f1": MACRO_F1, "span-f1": SPAN_F1}
"""Scores of a multiverse by the metric that a question names first; by another metric it is accuracy."""


@dataclass(frozen=True)
class Question:
    """Question to runs: each model with the one of a label, or all pairs; by which metrics; each tag too.

    `spans` says how spans are read, None for the way of the runs.
    `pairs`: whether tables of all pairs are wanted, None for only where models are few. `sentences`: whether sentences
    are taken as independent also where documents are marked. `procedure` tests the pairs over several datasets.
    Differences up to the `rope`, a fraction of 1, count as none. `multiverse`: whether other analyses are counted too.
    """

    against: str | None = None
    metrics: Sequence[str] = ("accuracy",)
    per_tag: bool = False
    spans: SpanSettings | None = None
    pairs: bool | None = None
    sentences: bool = False
    procedure: str = HOLM
    rope: float | None = None
    multiverse: bool = False


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

    def results(self) -> Results:
        """Scores of all that is listed; reads every trial."""
        return read_results(self.listing)

    def scored(self, dataset: DatasetSummary) -> list[Row]:
        """Scores on a dataset by the metrics of the question, and nothing else; reads every trial of it."""
        alone = replace(self, listing=self.listing.only([dataset.fingerprint]))
        return [row.only(self.question.metrics) for row in alone.results().rows_of(dataset.fingerprint)]

    def predictions(self, dataset: DatasetSummary) -> Predictions | None:
        """Predictions of the models whose trials are all finished, read from disk; None if there is no such model."""
        predictions = read_predictions(self.listing, dataset, complete=True)
        return None if predictions is None else self.with_spans(predictions)

    def with_spans(self, predictions: Predictions) -> Predictions:
        """Predictions whose spans are read as the question says."""
        if self.question.spans is None:
            return predictions
        return replace(predictions, reference=replace(predictions.reference, spans=self.question.spans))

    def measured(self, predictions: Predictions) -> Iterator[Measured]:
        """Counts by each metric of the question; a metric that does not apply to the dataset is left out."""
        for name in self.question.metrics:
            if (measured := self._by(name, predictions)) is not None:
                yield measured

    def _by(self, name: str, predictions: Predictions) -> Measured | None:
        units = Units.of(predictions, sentences=self.question.sentences)
        if name == PERPLEXITY:
            return by_probabilities(name, self.listing, predictions, units)
        return measure(predictions, name, self.metrics[name], units)

    def applies(self, name: str) -> bool:
        """Whether a metric applies to all models of a dataset, or nothing is there that it could apply to."""
        if name == "accuracy":
            return True
        each = [p for dataset in self.listing.datasets if (p := self.predictions(dataset)) is not None]
        return not each or any(self._by(name, p) is not None for p in each)

    @property
    def families(self) -> int:
        """Number of families of tests that share the level: another one where models are ranked over datasets."""
        return SHARES if len({dataset.origin or dataset.name for dataset in self.listing.datasets}) > 1 else 1

    @property
    def tests(self) -> int:
        """Most tests that are corrected together, so often as families share the level."""
        models = [sum(m.complete for m in self.listing.models_of(d.fingerprint)) for d in self.listing.datasets]
        pairs = sum(count - 1 if self.against else count * (count - 1) // 2 for count in models if count)
        return max(1, 2 * pairs * self.families)

    @property
    def alone(self) -> list[DatasetSummary]:
        """The datasets that are no splits of one."""
        split = {fingerprint for group in self.groups for fingerprint in group.fingerprints}
        return [dataset for dataset in self.listing.datasets if dataset.fingerprint not in split]

    @property
    def unmarked(self) -> list[str]:
        """Names of the datasets with two models to compare of which no documents are marked: sentences are taken."""
        several = [d for d in self.alone if sum(m.complete for m in self.listing.models_of(d.fingerprint)) > 1]
        return [d.name for d in several if not len(TagSpace.of(self.listing.stores, d.fingerprint).documents())]

    def compared(self, dataset: DatasetSummary) -> list[DatasetComparison]:
        """The models on a dataset by each metric, not corrected yet; none where there are not two to compare.

        Without almost stochastic orders, which only JSON has.
        """
        predictions = self.predictions(dataset)
        measured = self.measured(predictions) if predictions else ()
        each = [compared(m, self.against, self.tests, with_orders=False) for m in measured]
        return [comparison for comparison in each if comparison.tests]

    def multiverse(self, dataset: DatasetSummary) -> list[Multiverse]:
        """Other analyses of the same predictions, counted for each pair of models; of splits at the first of them."""
        predictions = self._whole(dataset)
        score = _SCORES.get(next(iter(self.question.metrics), ACCURACY), ACCURACY)
        return multiverse(predictions, self.against, score) if predictions else []

    def _whole(self, dataset: DatasetSummary) -> Predictions | None:
        """Predictions of a dataset, or at the first split of one those of all splits, one behind the other."""
        group = next((group for group in self.groups if dataset.fingerprint in group.fingerprints), None)
        if group is None:
            return self.predictions(dataset)
        each = [self.predictions(split) for split in group.datasets] if dataset == group.datasets[0] else []
        known = [predictions for predictions in each if predictions is not None]
        return pooled_predictions(group.whole, known) if len(known) == len(group.datasets) else None

    def rankings(self, results: Results) -> Iterator[Ranking]:
        """Rankings of the models over several datasets, by each metric."""
        overall = pooled(results)
        for name in self.question.metrics:
            if (
                ranked := ranking(overall, name, self.question.procedure, self.against, self.question.rope)
            ) is not None:
                yield ranked

    def over_splits(self, group: Group, results: Results) -> list[PairTest]:
        """The pairs of models over the splits of one dataset, by each metric, not corrected yet."""
        return [
            test
            for name in self.question.metrics
            for test in across_splits.splits_tested(group, results, name, self.against)
        ]


def comparable(stores: Sequence[Store], registry: Registry, question: Question) -> Comparable:
    """Runs ready to be compared.

    Raises `UsageError` if the runs have different data of one name, if a metric cannot be recounted or is not in the
    points of a rope, or if nothing finished under the label that all is to be compared with.
    """
    if question.rope is not None and PERPLEXITY in question.metrics:
        raise UsageError(f"--rope is in points, and a difference of {PERPLEXITY} is not; leave out one of the two")
    listing = list_runs(stores)
    refuse_different_data(listing.datasets)
    names = [name for name in question.metrics if name != PERPLEXITY]
    metrics = countables(registry, names, metrics=names)
    complete = {model.key: listing.names[model.key] for model in listing.models if model.complete}
    against = key_named(question.against, complete, "finished model") if question.against is not None else None
    return Comparable(listing=listing, metrics=metrics, question=question, against=against)
