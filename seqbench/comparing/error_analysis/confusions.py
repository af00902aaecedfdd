"""Where models differ: confusions that one makes and another does not, tokens that one has right and another wrong.

With several seeds a model confuses a token to the share of its seeds that do, and has it right (or wrong) if more than
half of them have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.results.predictions import Answers

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Confusion:
    """A gold tag taken for another: on how many tokens, by each model, as a mean over its seeds."""

    gold: str
    predicted: str
    tokens: dict[str, float]


@dataclass(frozen=True)
class PairConfusion:
    """A gold tag taken for another: on how many tokens by the first model only, by the second only, and by both."""

    gold: str
    predicted: str
    first: float
    second: float
    both: float


def confusions(answers: Answers) -> list[Confusion]:
    """All confusions, those first in whose number the models differ most; of equal ones the most frequent first."""
    counts = np.stack([_counts(answers, label) for label in answers.predicted])  # (models, tags, tags)
    spread, total = counts.max(0) - counts.min(0), counts.sum(0)
    gold, predicted = np.nonzero(total)
    order = np.lexsort([-total[gold, predicted], -spread[gold, predicted]])
    return [
        Confusion(answers.tags[i], answers.tags[j], dict(zip(answers.predicted, counts[:, i, j].tolist(), strict=True)))
        for i, j in zip(gold[order].tolist(), predicted[order].tolist(), strict=True)
    ]


def _counts(answers: Answers, label: str) -> NDArray[np.float64]:
    """How often gold tag i is taken for j, a mean over seeds; nothing where they agree: (tags, tags)."""
    tags, predicted = len(answers.tags), answers.predicted[label]
    codes = answers.reference.gold * np.int64(tags) + predicted
    counts = np.bincount(codes.ravel(), minlength=tags * tags).reshape(tags, tags) / len(predicted)
    np.fill_diagonal(counts, 0)
    return counts


def between(answers: Answers, first: str, second: str) -> list[PairConfusion]:
    """The confusions of two models token by token, means over all pairs of seeds; the most one-sided first."""
    together = _together(answers, first, second)
    alone = [_counts(answers, label) - together for label in (first, second)]
    gold, predicted = np.nonzero(alone[0] + alone[1] + together > 0)
    order = np.lexsort([-together[gold, predicted], -np.abs(alone[0] - alone[1])[gold, predicted]])
    return [
        PairConfusion(answers.tags[i], answers.tags[j], *(float(part[i, j]) for part in (*alone, together)))
        for i, j in zip(gold[order].tolist(), predicted[order].tolist(), strict=True)
    ]


def _together(answers: Answers, first: str, second: str) -> NDArray[np.float64]:
    """How often both models take gold tag i for j on the same token, a mean over all pairs of seeds: (tags, tags)."""
    tags, gold = len(answers.tags), answers.reference.gold
    counts, pairs = np.zeros(tags * tags), 0
    for a in answers.predicted[first]:
        for b in answers.predicted[second]:
            same = (a == b) & (a != gold)
            counts += np.bincount(gold[same] * np.int64(tags) + a[same], minlength=tags * tags)
            pairs += 1
    return counts.reshape(tags, tags) / pairs


def chosen(answers: Answers, right: Sequence[str], wrong: Sequence[str], tag: str | None = None) -> Places:
    """The tokens, in order, that all of the first models have right and all of the second wrong (of one gold tag)."""
    where = np.ones(len(answers.reference.gold), bool)
    for label in right:
        where &= answers.right(label) > 0.5  # noqa: PLR2004 -- half of the seeds
    for label in wrong:
        where &= answers.right(label) < 0.5  # noqa: PLR2004 -- half of the seeds
    if tag is not None:
        where &= answers.reference.gold == answers.tags.index(tag)
    return np.flatnonzero(where)
