"""Scores of trained models and what each sentence adds to them, to first order: quick tests of very many differences.

A score is a smooth function of counts summed over sentences. Its influence on one sentence is the derivative by the
weight of that sentence; the influences of all sentences add up to 0, and the sum of their squares is the variance that
resampling sentences would show (infinitesimal jackknife, Jaeckel 1972; Efron 1982).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Flags
from seqbench.data.corpus import Offsets
from seqbench.scoring.reference import AnyIds
from seqbench.scoring.sentence_counts import Floats, Integers

_LEAST_FREEDOM = 1e-3


@dataclass(frozen=True, eq=False)
class LinearScores:
    """Scores (trained models,) and influences (trained models, sentences)."""

    scores: Floats
    influence: Floats

    def by_unit(self, starts: Offsets) -> Floats:
        """Influences (trained models, units); `starts` (units + 1,) are the sentences that open a unit."""
        summed: Floats = np.add.reduceat(self.influence, starts[:-1], axis=-1)
        return summed


@dataclass(frozen=True, eq=False)
class Tokens:
    """Tokens that count: gold ids and sentences (tokens,), and ids of trained models (trained models, tokens)."""

    gold: NDArray[np.int64]
    sentence: NDArray[np.int64]
    predicted: AnyIds
    sentences: int
    tags: int

    def chosen(self, where: Flags) -> Tokens:
        """The tokens with a flag."""
        return Tokens(self.gold[where], self.sentence[where], self.predicted[:, where], self.sentences, self.tags)


def accuracies(tokens: Tokens) -> LinearScores:
    """Share of right tokens."""
    size = len(tokens.gold)
    of_sentence = np.bincount(tokens.sentence, minlength=tokens.sentences)
    right = [
        np.bincount(tokens.sentence[predicted == tokens.gold], minlength=tokens.sentences)
        for predicted in tokens.predicted
    ]
    counts = np.array(right, np.float64).reshape(len(right), tokens.sentences)
    scores = counts.sum(1) / size
    return LinearScores(scores, (counts - scores[:, None] * of_sentence) / size)


def mean_f1s(tokens: Tokens) -> LinearScores:
    """Mean F1 of the tags in gold or prediction."""
    scores, influences = [], []
    gold = np.bincount(tokens.gold, minlength=tokens.tags)
    for ids in tokens.predicted:
        predicted = ids.astype(np.int64)
        right = predicted == tokens.gold
        both = gold + np.bincount(predicted, minlength=tokens.tags)
        share = 1 / np.maximum(both, 1) / max(1, np.count_nonzero(both))
        doubled = 2 * np.bincount(predicted[right], minlength=tokens.tags) * share  # F1 over the number of tags
        scores.append(doubled.sum())
        slope = -doubled / np.maximum(both, 1)
        of_token = slope[tokens.gold] + slope[predicted] + np.where(right, 2 * share[tokens.gold], 0.0)
        influences.append(np.bincount(tokens.sentence, of_token, minlength=tokens.sentences))
    return LinearScores(np.array(scores), np.array(influences))


def span_f1s(counts: Integers) -> LinearScores:
    """F1 from right, predicted and gold spans: (trained models, sentences, 3)."""
    doubled, both = 2.0 * counts[..., 0], (counts[..., 1] + counts[..., 2]).astype(np.float64)
    whole = np.maximum(both.sum(1), 1)
    scores = doubled.sum(1) / whole
    return LinearScores(scores, (doubled - scores[:, None] * both) / whole[:, None])


def two_sided(differences: Floats, influences: Floats, units: int) -> Floats:
    """P of a t test of each difference (tests,), whose influences on each unit are (tests, all units).

    `units` is the number of those that the score looks at; of fewer than two p is NaN. The degrees of freedom are those
    of as many units as have a share in the variance, by their kurtosis (Satterthwaite 1946): few units that differ
    decide nothing.
    """
    from scipy.special import stdtr

    if units <= 1:
        return np.full(len(differences), np.nan)
    squares = np.square(influences)
    variance = squares.sum(1)
    fourth = np.einsum("tu,tu->t", squares, squares)
    shared = np.divide(variance**2, fourth, out=np.ones_like(variance), where=fourth > 0)
    error = np.sqrt(variance * units / (units - 1))
    distance = np.divide(np.abs(differences), error, out=np.zeros_like(error), where=error > 0)
    p: Floats = 2 * stdtr(np.maximum(shared - 1, _LEAST_FREEDOM), -distance)
    return p
