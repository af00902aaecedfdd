"""A run that is there already, from Python: rows, scores by seed, predictions, confusions, comparisons, errors.

All comes from the files of the run: neither its plugins nor its corpora need be there, except where words are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from seqbench.comparing.calibration import Binning, calibrations
from seqbench.comparing.error_analysis.report import Chosen, ErrorReport
from seqbench.comparing.pooled_folds import read_all_pooled
from seqbench.comparing.span_scores import SpanReading, span_rows
from seqbench.errors import UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.reporting import span_tables
from seqbench.reporting.comparison_findings import content
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.data_frames import pandas_frame, polars_frame
from seqbench.reporting.flat_rows import flat, flat_seeds
from seqbench.reporting.multiverse_tables import multiverse_as_json
from seqbench.reporting.opened_predictions import place_of, registry_with, sentences_of, words_of
from seqbench.reporting.planning_tables import needs_as_json
from seqbench.reporting.plots import plots_as_text
from seqbench.reporting.result_tables import summary
from seqbench.results.listing import Listing, list_runs, refuse_different_data
from seqbench.results.model_names import ModelKey, key_named
from seqbench.results.predictions import Predictions, read_all_predictions
from seqbench.results.records import Json
from seqbench.results.rows import Results, read_results
from seqbench.results.store import Store
from seqbench.results.verification import verify
from seqbench.scoring.tag_scores import confusion_by_name

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Cells = dict[str, Json]


def open_run(*runs: str | Path, data_dir: str | Path | None = None) -> OpenedRun:
    """The results of one run, or of several together. Raises `StoreError` if a folder holds none.

    Corpora by name, whose words `errors` shows, come from `data_dir` or from what was fetched before.
    """
    listing = list_runs([Store.open(Path(run)) for run in runs])
    if not listing.stores:
        raise UsageError("open_run needs the folder of a run, as 'seqbench run' named it")
    refuse_different_data(listing.datasets)
    return OpenedRun(listing, None if data_dir is None else Path(data_dir))


@dataclass(frozen=True, eq=False)
class OpenedRun:
    """Results that are on disk. Models go by their display names, as `seqbench show` prints them."""

    listing: Listing
    data_dir: Path | None = None

    @cached_property
    def results(self) -> Results:
        """Results by seed, with failures and notes."""
        return read_results(self.listing)

    @property
    def models(self) -> list[str]:
        """The display names of the models."""
        return list(dict.fromkeys(self.results.name(row) for row in self.results.rows))

    @property
    def datasets(self) -> list[str]:
        """The names of the datasets."""
        return [dataset.name for dataset in self.listing.datasets]

    @cached_property
    def rows(self) -> list[Cells]:
        """A flat mapping for each dataset and model, scores being means over seeds: as `seqbench.run` returns them."""
        return [flat(row, self.results.name(row), absent=None) for row in self.results.rows]

    @cached_property
    def seeds(self) -> list[Cells]:
        """A flat mapping for each dataset, model and finished seed: its scores, metrics, times and sizes."""
        return [cells for row in self.results.rows for cells in flat_seeds(row, self.results.name(row))]

    def to_pandas(self) -> pd.DataFrame:
        """`seeds` as a data frame of pandas, which must be installed."""
        return pandas_frame(self.seeds)

    def to_polars(self) -> pl.DataFrame:
        """`seeds` as a data frame of polars, which must be installed."""
        return polars_frame(self.seeds)

    def predictions(self, model: str, *, seed: int | None = None, dataset: str | None = None) -> list[list[str]]:
        """The tags of each sentence of test, of the first finished seed unless one is named."""
        predictions, key = self._of(model, dataset)
        own = predictions.of(key)
        number = 0 if seed is None else place_of(list(own.seeds), seed, model)
        return sentences_of(predictions, own.ids[number])

    def gold(self, dataset: str | None = None) -> list[list[str]]:
        """The gold tags of each sentence of test."""
        predictions = self._predictions(dataset)
        return sentences_of(predictions, predictions.reference.gold)

    def confusion(self, model: str, dataset: str | None = None) -> dict[str, dict[str, int]]:
        """How often each gold tag got each predicted tag, over all finished seeds: confusion[gold][predicted].

        Of more than 1,000 tags only the pairs that occur are there.
        """
        predictions, key = self._of(model, dataset)
        return confusion_by_name(predictions.outcomes(predictions.of(key)))

    def comparisons(self, against: str | None = None) -> list[Cells]:
        """The comparisons of all pairs of models, or of each with one: as in the JSON of `seqbench compare`."""
        registry = Registry.discover()
        runs = comparable(self.listing.stores, registry, Question(against))
        return list(content(runs, registry)["comparisons"])

    def multiverse(self, against: str | None = None, *, score: str = "accuracy") -> list[Cells]:
        """In how many other analyses the better of two models is better, as `seqbench compare --multiverse` counts.

        `score` names the better one: accuracy, macro_f1 or span-f1.
        """
        return multiverse_as_json(comparable(self.listing.stores, Registry.discover(), Question(against, (score,))))

    def errors(
        self, *, right: Sequence[str] = (), wrong: Sequence[str] = (), tag: str | None = None, limit: int = 20
    ) -> dict[str, list[Cells]]:
        """Findings of `seqbench errors`: slices, confusions, agreement, suspects, tokens; without corpus no words."""
        names = self.listing.names
        chosen = Chosen([key_named(text, names) for text in right], [key_named(text, names) for text in wrong], tag)
        registry = registry_with(self.data_dir)
        reports = [
            ErrorReport(predictions=part, words=words_of(part, self.listing.stores, registry), limit=limit, names=names)
            for part in read_all_pooled(self.listing)
        ]
        parts = [(r.predictions.dataset.name, r.as_json(chosen)) for r in reports if r.fits(chosen)]
        kinds = ("slices", "confusions", "agreement", "suspects", "tokens")
        return {kind: [{"dataset": name, **cells} for name, lists in parts for cells in lists[kind]] for kind in kinds}

    def calibration(self, bins: int = 15) -> list[Cells]:
        """Figures of `seqbench calibration` for each model with probabilities."""
        return [
            dict(c.as_json(self.listing.names)) for c in calibrations(self.listing, Binning(bins, equal_mass=False))
        ]

    def spans(self, reading: SpanReading | None = None) -> list[dict[str, object]]:
        """Counts of `seqbench spans` for each model; `reading` is how tags are read, as in the run if left out."""
        rows = span_rows(self.listing, reading or SpanReading())
        return [span_tables.as_json(row, self.listing.names[row.model.key]) for row in rows]

    def power(self, detect: float, *, metric: str = "accuracy", against: str | None = None) -> list[Cells]:
        """Figures of `seqbench power`: the needs of each pair for a difference of `detect`, a fraction of 1."""
        runs = comparable(self.listing.stores, Registry.discover(), Question(against=against, metrics=(metric,)))
        return list(needs_as_json(runs, detect))

    def plots(self, kind: str) -> list[str]:
        """Plots of `seqbench show --plot KIND` as text without colours, 100 columns wide."""
        return plots_as_text(kind, self.listing, self.results)

    def wrong_files(self) -> list[str]:
        """Faults that `seqbench verify` finds; empty if every score is that of the predictions that lie there."""
        registry = registry_with(self.data_dir)
        return [fault for store in self.listing.stores for fault in verify(store, registry).wrong]

    def __str__(self) -> str:
        return summary(self.results, "table")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """HTML that a notebook shows."""
        return summary(self.results, "html")

    @cached_property
    def _all_predictions(self) -> list[Predictions]:
        return read_all_predictions(self.listing)

    def _predictions(self, dataset: str | None) -> Predictions:
        """The predictions of a dataset or of its folds, the only one unless named. Raises `UsageError` if unclear."""
        together = read_all_pooled(self.listing)
        by_name = {p.dataset.name: p for p in [*self._all_predictions, *together]}
        if dataset is None and len(together) == 1:
            return together[0]
        if dataset is None:
            raise UsageError(f"this run has {len(by_name)} datasets; name one of them: {', '.join(by_name)}")
        if dataset not in by_name:
            raise unknown("dataset of this run", dataset, by_name, listed="Datasets")
        return by_name[dataset]

    def _of(self, model: str, dataset: str | None) -> tuple[Predictions, ModelKey]:
        predictions, key = self._predictions(dataset), key_named(model, self.listing.names)
        if key not in predictions.keys:
            raise UsageError(f"no trial of {model!r} on {predictions.dataset.name} is finished")
        return predictions, key
