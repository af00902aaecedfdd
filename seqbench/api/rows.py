"""The results of a run as rows: flat dicts for a data frame, and a table where they are printed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import content, typed_in_beside
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.flat_rows import flat
from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.multiverse_tables import multiverse_as_json
from seqbench.reporting.result_tables import summary
from seqbench.results.listing import Listing, list_runs
from seqbench.results.records import Json
from seqbench.results.rows import Results, read_results
from seqbench.results.store import Store


class Rows(list[dict[str, Json]]):
    """A flat dict for each dataset and model, as `pandas.DataFrame(rows)` takes them; printed, they are a table.

    Scores are fractions of 1, means over seeds with `..._std` beside them. `results` holds all that was found,
    `folder` is where the run lies, `notes` what the command line would have said on the way.
    """

    def __init__(
        self,
        stores: Sequence[Store],
        registry: Registry,
        against: str | None,
        notes: Sequence[str],
        typed: Path | None = None,
    ) -> None:
        self.folder, self.notes = stores[0].folder, list(notes)
        self._stores, self._registry, self._against, self._typed = stores, registry, against, typed
        super().__init__(flat(row, self.results.name(row), absent=None) for row in self.results.rows)

    @cached_property
    def _listing(self) -> Listing:
        return list_runs(self._stores)

    @cached_property
    def results(self) -> Results:
        """Results by seed, with failures and notes."""
        return replace(read_results(self._listing), beside=typed_in_beside(self._listing, self._typed))

    @cached_property
    def comparisons(self) -> list[dict[str, Json]]:
        """The comparisons of all pairs of models (or of each with `against`), as in the JSON of `seqbench compare`."""
        runs = comparable(self._listing.stores, self._registry, Question(self._against))
        comparisons: list[dict[str, Json]] = content(runs, self._registry)["comparisons"]
        return comparisons

    @cached_property
    def multiverse(self) -> list[dict[str, Json]]:
        """In how many other analyses the better of two models is better: as in `seqbench compare --multiverse`."""
        return multiverse_as_json(comparable(self._listing.stores, self._registry, Question(self._against)))

    def __str__(self) -> str:
        width = shutil.get_terminal_size((80, 24)).columns
        return self._as(Form("table", Layout(width=width)))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """HTML that a notebook shows."""
        return self._as("html")

    def _as(self, form: str) -> str:
        return summary(self.results, form)
