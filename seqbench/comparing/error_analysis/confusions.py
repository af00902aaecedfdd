"""Where models differ: confusions that one makes and another does not, tokens that one has right and another wrong.

With several seeds a model confuses a token to the share of its seeds that do, and has it right (or wrong) if more than
half of them have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions

Places = NDArray[np.int64]
_HALF = 0.5  # of the seeds


@dataclass(frozen=True)
class Confusion:
    """A gold tag taken for another: on how many tokens by each model, as a mean over seeds."""

    gold: str
    predicted: str
    tokens: dict[ModelKey, float]


@dataclass(frozen=True)
class PairConfusion:
    """A gold tag taken for another: on how many tokens by the first model only, by the second only, and by both."""

    gold: str
    predicted: str
    first: float
    second: float
    both: float


def confusions(predictions: Predictions) -> list[Confusion]:
    """All confusions, those first in whose number the models differ most; of equal ones the most frequent first."""
    counts = np.stack([_counts(predictions, model) for model in predictions.keys])  # (models, tags, tags)
    spread, total = counts.max(0) - counts.min(0), counts.sum(0)
    gold, predicted = np.nonzero(total)
    order = np.lexsort([-total[gold, predicted], -spread[gold, predicted]])
    return [
        Confusion(
            predictions.tags[i], predictions.tags[j], dict(zip(predictions.keys, counts[:, i, j].tolist(), strict=True))
        )
        for i, j in zip(gold[order].tolist(), predicted[order].tolist(), strict=True)
    ]


def _counts(predictions: Predictions, model: ModelKey) -> NDArray[np.float64]:
    """How often gold tag i is taken for j, a mean over seeds; nothing where they agree: (tags, tags)."""
    tags, predicted = len(predictions.tags), predictions.of(model).ids
    codes = predictions.reference.gold * np.int64(tags) + predicted
    counts = np.bincount(codes.ravel(), minlength=tags * tags).reshape(tags, tags) / len(predicted)
    np.fill_diagonal(counts, 0)
    return counts


def between(predictions: Predictions, first: ModelKey, second: ModelKey) -> list[PairConfusion]:
    """The confusions of two models token by token, means over all pairs of seeds; the most one-sided first."""
    together = _together(predictions, first, second)
    alone = [_counts(predictions, model) - together for model in (first, second)]
    gold, predicted = np.nonzero(alone[0] + alone[1] + together > 0)
    order = np.lexsort([-together[gold, predicted], -np.abs(alone[0] - alone[1])[gold, predicted]])
    return [
        PairConfusion(predictions.tags[i], predictions.tags[j], *(float(part[i, j]) for part in (*alone, together)))
        for i, j in zip(gold[order].tolist(), predicted[order].tolist(), strict=True)
    ]


def _together(predictions: Predictions, first: ModelKey, second: ModelKey) -> NDArray[np.float64]:
    """How often both models take gold tag i for j on the same token, a mean over all pairs of seeds: (tags, tags)."""
    tags, gold = len(predictions.tags), predictions.reference.gold
    counts, pairs = np.zeros(tags * tags), 0
    for a in predictions.of(first).ids:
        for b in predictions.of(second).ids:
            same = (a == b) & (a != gold)
            counts += np.bincount(gold[same] * np.int64(tags) + a[same], minlength=tags * tags)
            pairs += 1
    return counts.reshape(tags, tags) / pairs


def chosen_tokens(
    predictions: Predictions, right: Sequence[ModelKey], wrong: Sequence[ModelKey], tag: str | None = None
) -> Places:
    """The tokens, in order, that all of the first models have right and all of the second wrong (of one gold tag)."""
    where = np.ones(len(predictions.reference.gold), bool)
    for model in right:
        where &= _right(predictions, model) > _HALF
    for model in wrong:
        where &= _right(predictions, model) < _HALF
    if tag is not None:
        where &= predictions.reference.gold == predictions.tags.index(tag)
    return np.flatnonzero(where)


def _right(predictions: Predictions, model: ModelKey) -> NDArray[np.float64]:
    """The share of a model's seeds that have each token right: (tokens,)."""
    share: NDArray[np.float64] = np.mean(predictions.of(model).ids == predictions.reference.gold, axis=0)
    return share
