"""Gold and predicted tag ids of one trial: in. Accuracy, scores per tag and the confusion matrix: out.

All counting is scikit-learn's, on integer ids; only sentence accuracy is our own, which no library has.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Flags, Outcome
from seqbench.scoring.reference import Reference


def scores(outcome: Outcome) -> dict[str, Any]:
    """The core's scores as plain numbers, fractions of 1; None where there is no such token."""
    from sklearn.metrics import f1_score

    labels = np.union1d(outcome.gold, outcome.predicted)
    macro = f1_score(outcome.gold, outcome.predicted, labels=labels, average="macro", zero_division=0)
    return {
        "accuracy": accuracy(outcome),
        "macro_f1": float(macro),
        "accuracy_known": accuracy(outcome, outcome.known),
        "accuracy_unknown": accuracy(outcome, ~outcome.known),
        "accuracy_ambiguous": accuracy(outcome, outcome.ambiguous),
        "accuracy_new_sentences": accuracy(outcome, in_new_sentences(outcome)),
        "sentence_accuracy": sentence_accuracy(outcome),
        "tokens": len(outcome.gold),
        "correct": int(np.count_nonzero(outcome.gold == outcome.predicted)),
        "per_tag": per_tag(outcome),
    }


def accuracy(outcome: Outcome, where: Flags | None = None) -> float | None:
    """The share of right tokens among those chosen, or None where none is."""
    from sklearn.metrics import accuracy_score

    chosen = np.ones(len(outcome.gold), bool) if where is None else where
    if not chosen.any():
        return None
    return float(accuracy_score(outcome.gold[chosen], outcome.predicted[chosen]))


def in_new_sentences(outcome: Outcome | Reference) -> Flags | None:
    """The tokens of sentences that train does not have, None for all."""
    if not len(outcome.repeated):
        return None
    new: Flags = np.repeat(~outcome.repeated, np.diff(outcome.offsets))
    return new


def sentence_accuracy(outcome: Outcome) -> float | None:
    """The share of sentences without a wrong tag; a sentence without tokens has none."""
    if len(outcome.offsets) < 2:  # noqa: PLR2004 -- offsets of no sentence
        return None
    wrong = np.concatenate([[0], np.cumsum(outcome.gold != outcome.predicted)])
    return float(np.mean(np.diff(wrong[outcome.offsets]) == 0))


def per_tag(outcome: Outcome) -> list[dict[str, Any]]:
    """Precision, recall, F1 and support of every tag that is in gold or prediction, in the order of the ids."""
    from sklearn.metrics import precision_recall_fscore_support

    labels = np.union1d(outcome.gold, outcome.predicted)
    columns = precision_recall_fscore_support(outcome.gold, outcome.predicted, labels=labels, zero_division=0)
    names = [outcome.tags[label] for label in labels]
    return [
        {"tag": tag, "precision": float(p), "recall": float(r), "f1": float(f), "support": int(n)}
        for tag, p, r, f, n in zip(names, *columns, strict=True)
    ]


def confusion(outcome: Outcome) -> NDArray[np.int64]:
    """How often gold tag i was tagged j: (tags, tags)."""
    from sklearn.metrics import confusion_matrix

    matrix: NDArray[np.int64] = confusion_matrix(outcome.gold, outcome.predicted, labels=np.arange(len(outcome.tags)))
    return matrix
