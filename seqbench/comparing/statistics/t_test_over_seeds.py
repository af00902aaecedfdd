"""Is one way of learning better, whatever the seed? A t test whose error counts test set and seeds (question b)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from seqbench.scoring.sentence_counts import Floats


@dataclass(frozen=True)
class Estimate:
    """A difference of scores with its standard error, and the degrees of freedom that the error is known with."""

    difference: float
    error: float
    freedom: float

    @property
    def p(self) -> float:
        """Two-sided p by Student's t."""
        from scipy.special import stdtr

        if self.error == 0:
            return float(self.difference == 0)
        return float(2 * stdtr(self.freedom, -abs(self.difference) / self.error))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The differences that a test at 1 - `level` would not reject."""
        from scipy.special import stdtrit

        reach = float(stdtrit(self.freedom, (1 + level) / 2)) * self.error
        return self.difference - reach, self.difference + reach


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
        the resampling of the text already and is taken off; what is left is how much better some seeds are.
        """
        if len(self.scores) == 1:
            return 0.0
        return max(0.0, float(np.var(self.scores, ddof=1)) - self.by_text) / len(self.scores)


def difference(first: Learner, second: Learner, units: int) -> Estimate:
    """The difference between two learners; its error adds up that of the text and that of each learner's seeds.

    Degrees of freedom by Satterthwaite (1946). A model of one seed is taken as deterministic.
    """
    drawn = first.on_resampled - second.on_resampled
    parts = [(float(np.var(drawn, ddof=1)), units - 1)]
    parts += [(model.seeds_variance, len(model.scores) - 1) for model in (first, second) if len(model.scores) > 1]
    whole = sum(variance for variance, _ in parts)
    doubt = sum(variance**2 / max(1, freedom) for variance, freedom in parts)
    freedom = whole**2 / doubt if doubt else 1.0
    return Estimate(float(first.scores.mean() - second.scores.mean()), whole**0.5, freedom)
