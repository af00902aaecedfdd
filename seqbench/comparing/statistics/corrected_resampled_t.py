"""Is one way of learning better on other samples of this data? A t test over splits whose training sets overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.scoring.sentence_counts import Floats

INFLUENCE = 2.0
"""Variance of a difference that one training sentence is taken to add, for each unit that one test sentence adds."""


@dataclass(frozen=True, kw_only=True)
class Splits:
    """Sentences of test and train in each split, and of the `whole` that splits are drawn from.

    `disjoint` if no sentence is tested twice, as in folds; random splits share a part of their test sets, too.
    """

    test: float
    train: float
    whole: float
    disjoint: bool

    def common(self, influence: float = INFLUENCE) -> float:
        """Covariance of the scores of two splits, beside the part of their variance that each has alone.

        By sentence, test adds a variance of 1 / test, and train of influence / train. What two training sets share is
        at most influence / whole, and what two random test sets share 1 / whole.
        """
        shared = (influence + (0.0 if self.disjoint else 1.0)) / self.whole
        return shared / (1 / self.test + influence / self.train - shared)


def corrected(differences: Floats, splits: Splits, influence: float = INFLUENCE) -> Estimate:
    """The mean of differences (splits,) by a corrected resampled t test in the manner of Nadeau and Bengio (2003).

    Scores of splits with common sentences are not independent: the variance of their mean is (1 / J + c) times that of
    the J scores, c being `Splits.common`. Nadeau and Bengio take c = test / train, which is right where training
    sentences add no variance to the mean over random splits, or as much as test sentences to that over folds. No
    set of splits shows how much it is (Bengio and Grandvalet 2004), so that `influence` is an assumption.
    """
    variance = (1 / len(differences) + splits.common(influence)) * float(np.var(differences, ddof=1))
    return Estimate(float(differences.mean()), (Part(variance, len(differences) - 1),))
