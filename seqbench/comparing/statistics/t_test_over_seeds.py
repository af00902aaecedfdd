"""Is one way of learning better, whatever the seed? A t test whose error counts test set and seeds (question b)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.scoring.sentence_counts import Floats

ENOUGH_SEEDS = 3
"""Fewer seeds of a model tell too little of how far seeds spread: the test would decide nothing."""
_LEAST_SHARE = 0.5  # of the variance between seeds that is taken as theirs, however large the chance of the text seems
_FEW_SEEDS = 2  # of which no part is taken off: they show neither


@dataclass(frozen=True, eq=False, kw_only=True)
class Learner:
    """Scores of the seeds of a model (seeds,), and what `Resampled` says of them.

    `on_resampled` (draws,) is the mean over the seeds on each resampled test set.
    """

    scores: Floats
    on_resampled: Floats
    by_text: float = 0.0

    @cached_property
    def seeds_variance(self) -> float:
        """Variance of the mean over these seeds as one for all possible seeds; 0 where the model has one seed.

        A part of what seeds differ by is the chance of this text, where each errs at other words. That part is in
        the resampling of the text already and is taken off, up to one half, since few seeds show it only roughly.
        """
        if len(self.scores) == 1:
            return 0.0
        between = float(np.var(self.scores, ddof=1))
        least = between if len(self.scores) <= _FEW_SEEDS else _LEAST_SHARE * between
        return max(between - self.by_text, least) / len(self.scores)

    @property
    def seeds_part(self) -> list[Part]:
        """The part of an error that is by these seeds; none for a single seed."""
        return [Part(self.seeds_variance, len(self.scores) - 1)] if len(self.scores) > 1 else []


def difference(first: Learner, second: Learner, units: int, text: Part | None = None) -> Estimate:
    """The difference between two learners, whose error adds up that of the text and that of each learner's seeds.

    A model of one seed is taken as deterministic. `text` is the part by the text, where it is known already.
    """
    apart = float(first.scores.mean() - second.scores.mean())
    text = text or by_text(first.on_resampled - second.on_resampled, units)
    return Estimate(apart, (text, *first.seeds_part, *second.seeds_part))


def score(learner: Learner, units: int) -> Estimate:
    """The score of a learner; its error adds up that of the text and that of its seeds."""
    return Estimate(float(learner.scores.mean()), (by_text(learner.on_resampled, units), *learner.seeds_part))


def by_text(resampled: Floats, units: int) -> Part:
    """The part of an error that is by the text, from scores or differences on resampled test sets (draws,).

    Units drawn from so many vary by (units - 1) / units as much as units drawn from all text.
    """
    variance = float(np.var(resampled, ddof=1)) if len(resampled) > 1 else math.nan
    return Part(variance * units / max(1, units - 1), max(1, units - 1))
