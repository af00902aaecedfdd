"""Gold and predicted tag ids of one trial: in. Accuracy, scores per tag and the confusion matrix: out.

All counting is scikit-learn's, on integer ids; only sentence accuracy is our own, which no library has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.data.audit import repeated
from seqbench.data.corpus import Dataset, Ids, Offsets

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Outcome:
    """What a metric may look at: tag ids (tokens,) of gold and prediction, sentence offsets, and what train knew.

    `tags` names the ids: the training set's first (`learned` of them), then those that only the test set has. `known`
    and `ambiguous` (tokens,) say whether the word occurs in train, and there with two or more tags; `repeated`
    (sentences,) whether the whole sentence does, and is empty where none does.
    """

    tags: tuple[str, ...]
    learned: int
    gold: Ids
    predicted: Ids
    offsets: Offsets
    known: Flags
    ambiguous: Flags
    repeated: Flags = field(default_factory=lambda: np.zeros(0, bool))


@dataclass(frozen=True)
class Reference:
    """The half of an outcome that is the same for every tagger: the test set of one dataset."""

    tags: tuple[str, ...]
    learned: int
    gold: Ids
    offsets: Offsets
    known: Flags
    ambiguous: Flags
    repeated: Flags = field(default_factory=lambda: np.zeros(0, bool))

    @classmethod
    def of(cls, dataset: Dataset) -> Reference:
        """Reads the test set; `known` and `ambiguous` look at the cased forms of train."""
        train, test = dataset.train, dataset.test
        words = len(train.sentences.vocabulary)
        known = test.sentences.ids < words
        tags = len(train.tags.vocabulary)
        pairs = np.unique(train.sentences.ids.astype(np.int64) * tags + train.tags.ids)
        several = np.bincount(pairs // max(tags, 1), minlength=words) > 1
        ambiguous = np.zeros_like(known)
        ambiguous[known] = several[test.sentences.ids[known]]
        names = tuple(test.tags.vocabulary)
        again = repeated(test.sentences, train.sentences)
        found = again if again.any() else again[:0]
        return cls(names, tags, test.tags.ids, test.sentences.offsets, known, ambiguous, found)

    def outcome(self, predicted: Ids) -> Outcome:
        """The outcome of a trial that predicted these ids, of whatever type of integers."""
        flags, ids = (self.known, self.ambiguous, self.repeated), predicted.astype(np.int32, copy=False)
        return Outcome(self.tags, self.learned, self.gold, ids, self.offsets, *flags)


@runtime_checkable
class Countable(Protocol):
    """A metric that is a function of counts summed over sentences, so that it can be recounted from resampled ones.

    Registered like any other metric (it is one: called with an outcome it gives a number), it also gets intervals and
    tests. Both methods answer None where the metric does not apply; `metric(outcome)` must equal
    `metric.score(metric.counts(outcome).sum(0))`.
    """

    def __call__(self, outcome: Outcome) -> float | None:
        """The score of an outcome, a fraction of 1."""
        ...

    def counts(self, outcome: Outcome) -> NDArray[np.int64] | None:
        """What each sentence adds: (sentences, quantities), the same quantities for outcomes with the same `tags`."""
        ...

    def score(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Summed counts to scores: (..., quantities) -> (...); counts times a number must give the same score."""
        ...


@runtime_checkable
class CountsSeedsAtOnce(Protocol):
    """A countable metric that also counts all seeds of a model in one go, which is quicker."""

    def counts_of_seeds(self, reference: Reference, predicted: NDArray[np.integer[Any]]) -> NDArray[np.int64] | None:
        """What `counts` says of each seed, from ids (seeds, tokens): (seeds, sentences, quantities)."""
        ...


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
