"""Scores of each tag and the confusion matrix: scikit-learn's to the last bit, without the seconds of its import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Outcome
from seqbench.data.corpus import Ids
from seqbench.scoring.reference import AnyIds
from seqbench.scoring.sentence_counts import Floats

MOST_IN_MATRIX = 1_000
"""Different tags whose confusions a trial stores as a matrix; those of more are counted from its predictions."""


@dataclass(frozen=True, kw_only=True)
class TagScores:
    """Precision, recall and F1 (fractions of 1) of one tag, and `support`: its tokens in gold."""

    tag: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, kw_only=True)
class TagCounts:
    """Ids of the tags that are in gold or prediction (tags,), and of each its tokens: right, in prediction, in gold."""

    ids: NDArray[np.int64]
    right: NDArray[np.int64]
    predicted: NDArray[np.int64]
    gold: NDArray[np.int64]

    @classmethod
    def of(cls, outcome: Outcome) -> TagCounts:
        """Counts over all tokens of an outcome."""
        gold, predicted = outcome.gold, outcome.predicted
        right, in_prediction, in_gold = (
            np.bincount(ids, minlength=len(outcome.tags)) for ids in (gold[gold == predicted], predicted, gold)
        )
        ids = np.flatnonzero(in_gold + in_prediction)
        return cls(ids=ids, right=right[ids], predicted=in_prediction[ids], gold=in_gold[ids])

    @property
    def f1(self) -> Floats:
        """F1 of each tag: (tags,)."""
        return 2.0 * self.right / (self.gold + self.predicted)

    def share_of(self, tokens: NDArray[np.int64]) -> Floats:
        """Right tokens of each tag as a share of these, 0 where there are none: (tags,)."""
        return np.divide(self.right, tokens, out=np.zeros(len(tokens)), where=tokens > 0)


def tag_scores(outcome: Outcome) -> list[TagScores]:
    """The scores of every tag that is in gold or prediction, in the order of the ids."""
    counts = TagCounts.of(outcome)
    columns = (counts.share_of(counts.predicted), counts.share_of(counts.gold), counts.f1, counts.gold)
    names = [outcome.tags[tag] for tag in counts.ids.tolist()]
    return [
        TagScores(tag=tag, precision=precision, recall=recall, f1=f1, support=support)
        for tag, precision, recall, f1, support in zip(names, *(column.tolist() for column in columns), strict=True)
    ]


def confusion(outcome: Outcome) -> NDArray[np.int64]:
    """How often gold tag i was tagged j: (tags, tags)."""
    tags = len(outcome.tags)
    pairs = outcome.gold.astype(np.int64) * tags + outcome.predicted
    return np.bincount(pairs, minlength=tags * tags).reshape(tags, tags)


def frequent_pairs(gold: Ids, predicted: Sequence[AnyIds], tags: int) -> list[tuple[int, int, int]]:
    """Gold tag, predicted tag and their tokens in all predictions together, the most frequent first."""
    codes = [gold * np.int64(tags) + ids for ids in predicted]
    pairs, counts = np.unique(np.concatenate([np.zeros(0, np.int64), *codes]), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [
        (*divmod(pair, tags), count) for pair, count in zip(pairs[order].tolist(), counts[order].tolist(), strict=True)
    ]


def confusion_by_name(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """How often each gold tag was tagged as each tag, over outcomes with the same tags: [gold][predicted].

    Pairs that do not occur have 0, or are left out where there are more than `MOST_IN_MATRIX` tags.
    """
    tags = outcomes[0].tags
    small = len(tags) <= MOST_IN_MATRIX
    named: dict[str, dict[str, int]] = {tag: dict.fromkeys(tags, 0) for tag in tags} if small else {}
    counted = frequent_pairs(outcomes[0].gold, [outcome.predicted for outcome in outcomes], len(tags))
    for gold, predicted, tokens in counted:
        named.setdefault(tags[gold], {})[tags[predicted]] = tokens
    return named
