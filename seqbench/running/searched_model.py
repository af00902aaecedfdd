"""A model after a search for its hyperparameters, with what its trials predicted at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Countable
from seqbench.data.corpus import Ids
from seqbench.results.request_records import SearchTrial

if TYPE_CHECKING:
    from seqbench.running.tuning import Candidate, Tuning


@dataclass(eq=False)
class SearchedModel:
    """A candidate of a search, and its trials in their order."""

    tuning: Tuning
    candidate: Candidate
    trials: Sequence[SearchTrial]
    label: str = field(init=False)
    tagger: str = field(init=False)
    fixed: Mapping[str, object] = field(init=False)
    searchable: bool = field(init=False)
    metric: str = field(init=False)

    def __post_init__(self) -> None:
        model = self.candidate.model
        self.label, self.tagger, self.fixed = model.label, model.entry.name, self.candidate.fixed
        self.searchable, self.metric = bool(self.candidate.ranges), str(self.tuning.scores.selection)

    def held_out(self, number: int) -> float | None:
        """The score of a trial on sentences that were held out; None if there are none."""
        return self.tuning.scores.held_out(self._predicted(number))

    def counts(self, numbers: Sequence[int]) -> tuple[NDArray[np.int64], Countable] | None:
        """The counts of finished trials on the sentences that choose; None where the metric has none."""
        return self.tuning.scores.counts([self._predicted(number) for number in numbers])

    def _predicted(self, number: int) -> Ids:
        (trial,) = (trial for trial in self.trials if trial.number == number)
        return self.tuning.predicted(self.candidate, trial)


def searched_models(tuning: Tuning, trials_of: Mapping[str, Sequence[SearchTrial]]) -> list[SearchedModel]:
    """The models of a search with their trials, by label."""
    return [SearchedModel(tuning, candidate, trials_of[candidate.model.label]) for candidate in tuning.candidates]
