"""Taggers that score each token by itself: a classifier of scikit-learn over the features of the token's neighbourhood.

The classifier is only trained by scikit-learn. Its weights are kept and used here, so that no object of it is stored.
"""

from __future__ import annotations

import abc
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning

from seqbench import (
    Conditions,
    Corpus,
    Sequences,
    Vocabularies,
    accepts_lists,
    check_array,
    learned,
    read_learned,
    write_learned,
)
from seqbench_plugins._shared.training_memory import Training
from seqbench_plugins.linear._features import REACH, Features
from seqbench_plugins.linear._linear import TOKENS_AT_ONCE, Weights


@dataclass(frozen=True, eq=False)
class Fitted:
    """The features of train, their weights (features, tags) and those of the tags themselves (tags,)."""

    vocabularies: Vocabularies
    features: Features
    weights: Weights
    bias: Weights
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        layers = {name: len(values) for name, values in self.vocabularies.layers.items()}
        self.features.check(len(self.vocabularies.words), layers)
        check_array("weights", self.weights, self.features.count, len(self.vocabularies.tags))
        check_array("bias", self.bias, len(self.vocabularies.tags))

    def scores(self, sentences: Sequences) -> Weights:
        """(tokens, tags). Raises `DataError` if an input layer of train is missing."""
        self.vocabularies.refuse_missing_layers(sentences)
        numbers = self.features.of(sentences)  # (tokens, templates)
        scores = np.empty((len(numbers), len(self.bias)), np.float32)
        for first in range(0, len(numbers), TOKENS_AT_ONCE):
            rows = self.weights[numbers[first : first + TOKENS_AT_ONCE]]
            scores[first : first + TOKENS_AT_ONCE] = rows.sum(1) + self.bias
        return scores


@dataclass(kw_only=True)
class TokenWiseTagger(abc.ABC):
    """A linear classifier of tokens; the class says which, and what its training takes."""

    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    @abc.abstractmethod
    def classifier(self, seed: int) -> Any:
        """A new classifier of scikit-learn with `fit`, `coef_` and `intercept_`."""

    @abc.abstractmethod
    def training(self, features: int, entries: int, tags: int) -> Training:
        """Memory and time that training takes; `entries` are the features of all tokens."""

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Hand the features of all tokens to the classifier, and take its weights back."""
        features, numbers = Features.learn(train)
        tags = len(train.tags.vocabulary)
        replace(self.training(features.count, numbers.size, tags), budget=conditions.budget).check()
        weights, bias, notes = np.zeros((features.count, tags), np.float32), np.zeros(tags, np.float32), []
        if tags > 1:  # one tag alone needs no classifier, and scikit-learn takes none
            classifier = self.classifier(conditions.seed)
            notes = _trained(classifier, one_hot(numbers, features.count), train.tags.ids)
            chosen = slice(None) if tags > 2 else slice(1, 2)  # noqa: PLR2004 -- of two tags, only the second has weights
            weights[:, chosen], bias[chosen] = classifier.coef_.T, classifier.intercept_
        self._fitted = Fitted(Vocabularies.of(train), features, weights, bias, tuple(notes))

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The tag with the highest score of each token."""
        fitted = learned(self)
        ids = fitted.scores(sentences).argmax(1).astype(np.int32)
        return Sequences(ids, sentences.offsets, fitted.vocabularies.tags)

    @property
    def sight(self) -> tuple[int, int]:
        """See `seqbench.Sighted`."""
        return REACH, REACH

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        write_learned(folder, learned(self))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the files do not hold what such a tagger learns."""
        self._fitted = read_learned(folder, Fitted)

    @property
    def parameters(self) -> int:
        """Weights that are not 0."""
        fitted = learned(self)
        return int(np.count_nonzero(fitted.weights) + np.count_nonzero(fitted.bias))

    @property
    def notes(self) -> Sequence[str]:
        """Whether training came to its end."""
        return list(learned(self).notes)


def one_hot(numbers: NDArray[np.int32], features: int) -> csr_matrix:
    """The features of tokens (tokens, templates) as a sparse matrix (tokens, features) of zeros and ones."""
    tokens, templates = numbers.shape
    ones = np.ones(tokens * templates, np.float64)
    return csr_matrix((ones, numbers.reshape(-1), np.arange(tokens + 1) * templates), shape=(tokens, features))


def _trained(classifier: Any, rows: csr_matrix, tags: NDArray[np.int32]) -> list[str]:
    """Train a classifier; a note if it was stopped before its weights had settled."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        classifier.fit(rows, tags)
    unsettled = any(issubclass(warning.category, ConvergenceWarning) for warning in caught)
    return ["training was stopped before its weights had settled; raise iterations"] if unsettled else []
