"""Where models differ: confusions that one makes and another does not, tokens that one has right and another wrong.

With several seeds a model confuses a token to the share of its seeds that do, and has it right (or wrong) if more than
half of them have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions

Places = NDArray[np.int64]
Pairs: TypeAlias = tuple[Places, NDArray[np.float64]]
"""Codes of pairs of tags, gold * tags + predicted, ascending, and how often each comes: of many tags few pairs do."""
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
    codes, counts = _aligned([_pairs(predictions, model) for model in predictions.keys])
    spread, total = counts.max(0) - counts.min(0), counts.sum(0)
    order = np.lexsort([-total, -spread])
    return [
        Confusion(gold, predicted, dict(zip(predictions.keys, of_models, strict=True)))
        for (gold, predicted), of_models in zip(
            _named(predictions, codes[order]), counts[:, order].T.tolist(), strict=True
        )
    ]


def _pairs(predictions: Predictions, model: ModelKey) -> Pairs:
    """How often a gold tag is taken for another, a mean over seeds."""
    ids, gold = predictions.of(model).ids, predictions.reference.gold
    wrong = ids != gold
    codes = gold * np.int64(len(predictions.tags)) + ids
    pairs, counts = np.unique(codes[wrong], return_counts=True)
    return pairs, counts / len(ids)


def _aligned(parts: Sequence[Pairs]) -> tuple[Places, NDArray[np.float64]]:
    """Codes of all pairs of tags, ascending, and how often each part has each: (parts, pairs)."""
    codes = np.unique(np.concatenate([np.zeros(0, np.int64), *(pairs for pairs, _ in parts)]))
    counts = np.zeros((len(parts), len(codes)))
    for row, (pairs, numbers) in zip(counts, parts, strict=True):
        row[np.searchsorted(codes, pairs)] = numbers
    return codes, counts


def _named(predictions: Predictions, codes: Places) -> list[tuple[str, str]]:
    """Gold and predicted tag of each code."""
    tags = predictions.tags
    return [(tags[code // len(tags)], tags[code % len(tags)]) for code in codes.tolist()]


def between(predictions: Predictions, first: ModelKey, second: ModelKey) -> list[PairConfusion]:
    """The confusions of two models token by token, means over all pairs of seeds; the most one-sided first."""
    each = [_pairs(predictions, model) for model in (first, second)]
    codes, (of_first, of_second, both) = _aligned([*each, _together(predictions, first, second)])
    alone = of_first - both, of_second - both
    order = np.lexsort([-both, -np.abs(alone[0] - alone[1])])
    numbers = np.stack([*alone, both])[:, order].T.tolist()
    return [PairConfusion(*names, *n) for names, n in zip(_named(predictions, codes[order]), numbers, strict=True)]


def _together(predictions: Predictions, first: ModelKey, second: ModelKey) -> Pairs:
    """How often both models take a gold tag for another on the same token, a mean over all pairs of their seeds."""
    tags, gold = np.int64(len(predictions.tags)), predictions.reference.gold
    models = [predictions.of(model).ids for model in (first, second)]
    wrong = [(gold * tags + a)[(a == b) & (a != gold)] for a in models[0] for b in models[1]]
    codes, counts = np.unique(np.concatenate([np.zeros(0, np.int64), *wrong]), return_counts=True)
    return codes, counts / len(wrong)


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
