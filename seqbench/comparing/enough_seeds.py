"""When a run has enough seeds: every pair of models is decided as learners, or its interval is narrow enough.

What decides is what `seqbench compare` says of accuracy, corrected over all pairs, both questions and all datasets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from seqbench.comparing.across_datasets import SHARES
from seqbench.comparing.comparison import BETTER, IDENTICAL, LEARNER, Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison, compared, corrected_together
from seqbench.comparing.statistics.alpha_spending import FIRST_LOOK, looks_up_to
from seqbench.comparing.unit_counts import measure
from seqbench.errors import UsageError
from seqbench.results.listing import Listing, list_runs
from seqbench.results.paths import portable_label
from seqbench.results.predictions import read_predictions
from seqbench.results.records import Json
from seqbench.results.store import Store
from seqbench.scoring.core_scores import BY_NAME

DECIDED = "decided"
MOST_SEEDS = 12
"""The most seeds of each model, unless another number is asked for."""
_MOST = 1000
_ACCURACY = "accuracy"
Cell: TypeAlias = tuple[str, str]
"""Fingerprint of a dataset, label of a model."""


@dataclass(frozen=True)
class Enough:
    """The rule that `--until NAME` stands for: called with a run, it gives the models that need further seeds, and why.

    `width` is that of an interval, a fraction of 1, None to go on until pairs are told apart. `against` is the label of
    the model that all others are compared with, None for all pairs.
    """

    name: str = DECIDED
    most: int = MOST_SEEDS
    width: float | None = None
    against: str | None = None

    @classmethod
    def of(cls, until: str | float | None, most: int | str | None, against: str | None = None) -> Enough | None:
        """The rule of a text: decided, or a width in points; None without a text.

        Raises `UsageError` for another text, and for a number of seeds that is too small or too large.
        """
        if until is None:
            if most is not None:
                raise UsageError("--max-seeds is for runs that choose the number of seeds; add --until decided")
            return None
        text, most = str(until), MOST_SEEDS if most is None else most
        if isinstance(most, str) or not FIRST_LOOK <= most <= _MOST:
            raise UsageError(f"--max-seeds must be a number from {FIRST_LOOK} to {_MOST:,}, was: {most!r}")
        number = re.fullmatch(r"\d{1,2}(\.\d{1,9})?", text)
        if text != DECIDED and (number is None or not float(text)):
            way = "the width of an interval in points, such as 0.5"
            raise UsageError(f"--until takes {DECIDED!r}, or {way}; was: {text!r}")
        width = None if text == DECIDED else float(text) / 100
        return cls(text, most, width, against and portable_label(against))

    @classmethod
    def planned(cls, plan: Mapping[str, Json]) -> Enough | None:
        """The rule of the plan that a run keeps; None if its number of seeds was fixed."""
        until, most, against = (plan.get(name) for name in ("until", "max-seeds", "against"))
        return cls.of(until, most, against and str(against))

    @property
    def looks(self) -> tuple[int, ...]:
        """The numbers of seeds at which the run is looked at."""
        return looks_up_to(self.most)

    def __call__(self, run: Store) -> dict[Cell, str]:
        """Models that need further seeds, by fingerprint and label, and which pair is open; none once all is done."""
        listing = list_runs([run])
        each = list(self._compared(listing))
        origins = {dataset.origin or dataset.name for dataset in listing.datasets}
        corrected = corrected_together([comparison for _, comparison in each], SHARES if len(origins) > 1 else 1)
        seeded = {(model.fingerprint, model.key.label) for model in listing.models if not model.deterministic}
        needy: dict[Cell, str] = {}
        for (fingerprint, _), comparison in zip(each, corrected, strict=True):
            for c in comparison.comparisons:
                cells = [(fingerprint, key.label) for key in (c.a, c.b)]
                if c.question == LEARNER and self._is_open(c):
                    needy |= {cell: self._told(c) for cell in cells if cell in seeded and cell not in needy}
        return needy

    def past_help(self, run: Store) -> list[str]:
        """The pairs that no further seed tells apart: those that predict the same, and those that cannot be tested."""
        tests = [test for _, dataset in self._compared(list_runs([run])) for test in dataset.tests]
        return [
            f"{c.a.label} and {c.b.label} on {c.dataset}: {c.why or 'they predict the same'}"
            for c in (test.comparison for test in tests)
            if c.question == LEARNER and (c.why or (c.relation == IDENTICAL and self.width is None))
        ]

    def _compared(self, listing: Listing) -> Iterator[tuple[str, DatasetComparison]]:
        for dataset in listing.datasets:
            predictions = read_predictions(listing, dataset, complete=True)
            measured = predictions and measure(predictions, _ACCURACY, BY_NAME[_ACCURACY].counted)
            if measured:
                against = next((key for key in measured.predictions.keys if key.label == self.against), None)
                if self.against is None or against is not None:
                    yield dataset.fingerprint, compared(measured, against, _tests(listing))

    def _is_open(self, c: Comparison) -> bool:
        """Whether further seeds may help: a question that could not be asked stays so with any number of them."""
        if c.why is not None or c.relation == IDENTICAL:
            return False
        if self.width is None:
            return c.relation != BETTER
        return c.ci95 is None or c.ci95[1] - c.ci95[0] > self.width

    def _told(self, c: Comparison) -> str:
        pair = f"{c.a.label} and {c.b.label} on {c.dataset}"
        if self.width is None or c.ci95 is None:
            return f"{pair} are not told apart"
        return f"the interval of {pair} is {100 * (c.ci95[1] - c.ci95[0]):.2f} points wide"


def _tests(listing: Listing) -> int:
    """Most tests that are corrected together."""
    models = [sum(m.complete for m in listing.models_of(d.fingerprint)) for d in listing.datasets]
    return max(1, SHARES * sum(count * (count - 1) for count in models))
