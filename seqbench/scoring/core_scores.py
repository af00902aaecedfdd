"""The core's scores, each defined once: its name, title and formula, how it is computed, and how it is recounted.

Tables, JSON, rows of results, intervals and tests take what they need from this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from seqbench.contracts.metric import Countable, Flags, Outcome
from seqbench.scoring.metrics_from_counts import SentenceAccuracy, TagF1, TokenAccuracy
from seqbench.scoring.token_subsets import in_new_sentences


@dataclass(frozen=True, kw_only=True)
class CoreScore:
    """A score that every trial has. `of` computes it from an outcome, None where there is no such token or sentence.

    `counted` is the same score as a function of counts per sentence, so that it can be taken of resampled sentences.
    """

    name: str
    title: str
    formula: str
    of: Callable[[Outcome], float | None]
    counted: Countable


def accuracy(outcome: Outcome, where: Flags | None = None) -> float | None:
    """The share of right tokens among those chosen (tokens,), None where none is; scikit-learn's accuracy."""
    from sklearn.metrics import accuracy_score

    chosen = np.ones(len(outcome.gold), bool) if where is None else where
    if not chosen.any():
        return None
    return float(accuracy_score(outcome.gold[chosen], outcome.predicted[chosen]))


def _beside_train(where: Callable[[Outcome], Flags | None]) -> Callable[[Outcome], float | None]:
    """The accuracy on tokens that are told apart by what train has; None where there was nothing to learn from."""
    return lambda outcome: accuracy(outcome, where(outcome)) if outcome.learned else None


def macro_f1(outcome: Outcome) -> float:
    """The mean F1 of the tags that are in gold or prediction; scikit-learn's, with 0 for a division by 0."""
    from sklearn.metrics import f1_score

    labels = np.union1d(outcome.gold, outcome.predicted)
    return float(f1_score(outcome.gold, outcome.predicted, labels=labels, average="macro", zero_division=0))


def sentence_accuracy(outcome: Outcome) -> float | None:
    """The share of sentences without a wrong tag; a sentence without tokens has none."""
    if len(outcome.offsets) <= 1:  # offsets of no sentence
        return None
    wrong = np.concatenate([[0], np.cumsum(outcome.gold != outcome.predicted)])
    return float(np.mean(np.diff(wrong[outcome.offsets]) == 0))


CORE_SCORES = (
    CoreScore(
        name="accuracy",
        title="accuracy",
        formula="share of test tokens with the right tag",
        of=accuracy,
        counted=TokenAccuracy(),
    ),
    CoreScore(
        name="macro_f1",
        title="macro F1",
        formula="F1 of each tag, averaged over the tags in gold or prediction",
        of=macro_f1,
        counted=TagF1(),
    ),
    CoreScore(
        name="accuracy_known",
        title="known",
        formula="accuracy on words that train has",
        of=_beside_train(lambda outcome: outcome.known),
        counted=TokenAccuracy("known"),
    ),
    CoreScore(
        name="accuracy_unknown",
        title="unknown",
        formula="accuracy on words that train does not have",
        of=_beside_train(lambda outcome: ~outcome.known),
        counted=TokenAccuracy("unknown"),
    ),
    CoreScore(
        name="accuracy_ambiguous",
        title="ambig.",
        formula="accuracy on words that have two or more tags in train",
        of=_beside_train(lambda outcome: outcome.ambiguous),
        counted=TokenAccuracy("ambiguous"),
    ),
    CoreScore(
        name="accuracy_new_sentences",
        title="new s.",
        formula="accuracy in test sentences that train does not have",
        of=_beside_train(in_new_sentences),
        counted=TokenAccuracy("in new sentences"),
    ),
    CoreScore(
        name="sentence_accuracy",
        title="whole s.",
        formula="share of sentences without a wrong tag",
        of=sentence_accuracy,
        counted=SentenceAccuracy(),
    ),
)
"""In the order of the tables' columns."""

BY_NAME: Mapping[str, CoreScore] = MappingProxyType({score.name: score for score in CORE_SCORES})
