"""Findings of a search for hyperparameters of a model: the best, its worth elsewhere, what to expect of n trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.best_of_many import FEWEST, corrected_best
from seqbench.comparing.statistics.expected_best import expected_best, expected_best_band
from seqbench.contracts.metric import Countable
from seqbench.registry.specs import written
from seqbench.results.request_records import SearchTrial

Counts: TypeAlias = tuple[NDArray[np.int64], Countable]


class Searched(Protocol):
    """A model that hyperparameters were searched for, and its trials; see `SearchedModel` of `seqbench.running`."""

    label: str
    tagger: str
    fixed: Mapping[str, object]
    searchable: bool
    metric: str
    trials: Sequence[SearchTrial]

    def held_out(self, number: int) -> float | None:
        """The score of a trial on sentences that were held out; None if there are none."""
        ...

    def counts(self, numbers: Sequence[int]) -> Counts | None:
        """The counts of finished trials on the sentences that choose; None where the metric has none."""
        ...


@dataclass(frozen=True, eq=False)
class SearchReport:
    """Findings of a search for one model."""

    model: Searched

    @property
    def trials(self) -> Sequence[SearchTrial]:
        """All trials, in their order."""
        return self.model.trials

    @cached_property
    def scores(self) -> list[float]:
        """Scores of the trials that have one, on the sentences that choose."""
        return [trial.score for trial in self.trials if trial.score is not None]

    @cached_property
    def best(self) -> SearchTrial | None:
        """The trial with the best score, the first of several; None if no trial finished."""
        finished = [trial for trial in self.trials if trial.score is not None]
        return max(finished, key=lambda trial: (trial.score, -trial.number), default=None)

    @property
    def spec(self) -> str | None:
        """The spec of the best trial, to be run on test."""
        name = self.model.tagger
        fields = {**self.model.fixed, **self.best.fields} if self.best else {}
        return f"tuned-{name}={written(name, fields)}" if self.best else None

    @cached_property
    def held_out(self) -> float | None:
        """The score of the best trial on sentences that were held out; None if there are none."""
        return self.model.held_out(self.best.number) if self.best else None

    @cached_property
    def corrected(self) -> float | None:
        """The score of the best trial, corrected for the choice; None where the metric cannot be recounted."""
        counted = self.model.counts([trial.number for trial in self.trials if trial.score is not None])
        if counted is None or counted[0].shape[1] < FEWEST:
            return None
        counts, metric = counted
        return corrected_best(counts, metric.score)

    def plain(self) -> dict[str, object]:
        """The report as JSON has it."""
        after = range(1, len(self.scores) + 1)
        return {
            "model": self.model.label,
            "metric": self.model.metric,
            "best": self.spec,
            "corrected": self.corrected,
            "held_out": self.held_out,
            "trials": [{**asdict(trial), "fields": dict(trial.fields)} for trial in self.trials],
            "expected_best": [expected_best(self.scores, n) for n in after],
            "expected_best_band": [expected_best_band(self.scores, n) for n in after],
        }

    def row(self, after: Sequence[int]) -> list[str]:
        """The cells of the table."""
        counts = [len(self.trials), sum(trial.pruned for trial in self.trials), len(self.trials) - len(self.scores)]
        best = max(self.scores, default=None)
        expected = [_expected(self.scores, n) if n <= len(self.scores) else "-" for n in after]
        return [self.model.label, *map(str, counts), _cell(best), _cell(self._checked), *expected]

    @property
    def _checked(self) -> float | None:
        return self.corrected if self.held_out is None else self.held_out


def _cell(score: float | None) -> str:
    return "-" if score is None else f"{100 * score:.2f}"


def _expected(scores: Sequence[float], trials: int) -> str:
    low, high = expected_best_band(scores, trials)
    return f"{_cell(expected_best(scores, trials))} [{_cell(low)}, {_cell(high)}]"
