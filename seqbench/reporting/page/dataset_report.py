"""Contents of the page for each dataset: rows with intervals, comparisons, predictions and, where known, words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seqbench.comparing.across_splits import pooled
from seqbench.comparing.calibration import Binning, Calibration, calibrations_on
from seqbench.comparing.comparison import Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison, Standing
from seqbench.comparing.error_analysis.words import Words
from seqbench.comparing.pooled_folds import read_pooled, scored_sets
from seqbench.reporting.comparison_findings import Findings
from seqbench.reporting.row_confusions import pooled_tag_scores
from seqbench.results.listing import Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions
from seqbench.results.records import DatasetSummary, Manifest
from seqbench.results.rows import Results, Row
from seqbench.results.trial_scores import TagScore

FindWords = Callable[[Predictions], Words | None]
"""The words of predictions, None where they are no longer known."""
_BINS = 10  # of confidence


@dataclass(frozen=True, eq=False, kw_only=True)
class DatasetReport:
    """One dataset on the page.

    `runs` are the manifests of the runs that have it. A fold has no predictions of its own, which are those of all
    folds together; nor has what stands for random splits. `unmarked`: nothing marks the documents of its test set.
    """

    dataset: DatasetSummary
    results: Results
    comparisons: list[Comparison]
    predictions: Predictions | None = None
    calibrations: Sequence[Calibration] = ()
    words: Words | None = None
    runs: Sequence[Manifest] = ()
    unmarked: bool = False

    @property
    def names(self) -> Mapping[ModelKey, str]:
        """The display names of the models."""
        return self.results.names

    @property
    def over(self) -> str:
        """Words for the splits that scores are means over, such as `5 folds`; empty where there are seeds alone."""
        return self.results.over.get(self.dataset.fingerprint, "")

    @property
    def rows(self) -> list[Row]:
        """The rows, that with the best accuracy first and those without one last."""
        return sorted(self.results.rows_of(self.dataset.fingerprint), key=_worst_last)

    def tag_scores(self, row: Row) -> Sequence[Sequence[TagScore]]:
        """The scores of each tag by seed; of folds those of the whole, none of a model that did not finish on all."""
        if self.predictions is None or not self.predictions.folds:
            return [trial.per_tag for trial in row.finished_trials]
        return list(pooled_tag_scores(self.predictions, row).values()) if row.key in self.predictions.keys else []

    @property
    def compared(self) -> DatasetComparison:
        """The comparisons by accuracy with the mean scores that they are about."""
        standings = [
            Standing(model=row.key, mean=mean, interval=None, deterministic=row.deterministic, p_best=0.0)
            for row in self.rows
            if (mean := row.scores["accuracy"].mean) is not None
        ]
        return DatasetComparison(
            dataset=self.dataset.name,
            metric="accuracy",
            units="",
            standings=standings,
            tests=[],
            comparisons=self.comparisons,
        )


def _worst_last(row: Row) -> float:
    mean = row.scores["accuracy"].mean
    return 2.0 if mean is None else -mean


def dataset_reports(listing: Listing, findings: Findings, words: FindWords) -> Iterator[DatasetReport]:
    """Reports of all datasets; several splits of one are reported together first, then one by one."""
    together, scored = pooled(findings.results), scored_sets(findings.results.datasets)
    splits = [dataset for dataset in findings.results.datasets if dataset not in together.datasets]
    manifests = [store.manifest() for store in listing.stores]
    for dataset in [*together.datasets, *splits]:
        listed = dataset in findings.results.datasets
        predictions = read_pooled(listing, dataset) if dataset.fingerprint in scored else None
        yield DatasetReport(
            dataset=dataset,
            results=findings.results if listed else together,
            comparisons=[c for c in findings.comparisons if c.dataset == dataset.name and c.tag is None],
            predictions=predictions,
            calibrations=calibrations_on(listing, dataset, Binning(_BINS)) if dataset.fingerprint in scored else (),
            words=words(predictions) if predictions else None,
            runs=_having(manifests, scored.get(dataset.fingerprint, (dataset, [dataset]))[1]),
            unmarked=dataset.name in findings.unmarked,
        )


def _having(manifests: Sequence[Manifest], parts: Sequence[DatasetSummary]) -> list[Manifest]:
    """The manifests that name one of these datasets."""
    fingerprints = {part.fingerprint for part in parts}
    return [manifest for manifest in manifests if fingerprints & {dataset.fingerprint for dataset in manifest.datasets}]
