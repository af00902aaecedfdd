"""Scores of each tag and the confusion matrix, as scikit-learn counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Outcome
from seqbench.data.corpus import Ids
from seqbench.scoring.reference import AnyIds

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


def tag_scores(outcome: Outcome) -> list[TagScores]:
    """The scores of every tag that is in gold or prediction, in the order of the ids."""
    from sklearn.metrics import precision_recall_fscore_support

    labels = np.union1d(outcome.gold, outcome.predicted)
    columns = precision_recall_fscore_support(outcome.gold, outcome.predicted, labels=labels, zero_division=0)
    names = [outcome.tags[label] for label in labels]
    return [
        TagScores(tag=tag, precision=float(precision), recall=float(recall), f1=float(f1), support=int(support))
        for tag, precision, recall, f1, support in zip(names, *columns, strict=True)
    ]


def confusion(outcome: Outcome) -> NDArray[np.int64]:
    """How often gold tag i was tagged j: (tags, tags)."""
    from sklearn.metrics import confusion_matrix

    if len(outcome.tags) == 1:  # scikit-learn warns of it
        return np.array([[len(outcome.gold)]])
    matrix: NDArray[np.int64] = confusion_matrix(outcome.gold, outcome.predicted, labels=np.arange(len(outcome.tags)))
    return matrix


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
