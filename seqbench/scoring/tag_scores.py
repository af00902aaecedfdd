"""Scores of each tag and the confusion matrix, as scikit-learn counts them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Outcome


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
