"""Taggers around classifiers: each token is classified by itself, from its features."""

from __future__ import annotations

import abc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from seqbench.adapters.estimator_protocols import (
    Estimator,
    ProbabilisticEstimator,
    reads_features,
    split_vectorizer,
    takes_sparse_tables,
    under_conditions,
    unfitted,
)
from seqbench.adapters.feature_table import FeatureTable, Table
from seqbench.adapters.kept_classifier import KeptTable, read_classifier, write_classifier
from seqbench.adapters.token_features import Describe, Features, describe, described
from seqbench.contracts.fitted import learned
from seqbench.contracts.plain_sentences import accepts_lists
from seqbench.contracts.tagger import Conditions
from seqbench.data.corpus import Corpus, Sequences
from seqbench.data.vocabularies import Vocabularies


@dataclass(frozen=True, eq=False)
class FittedClassifier:
    """A fitted classifier with the table that it reads; None where it reads the features themselves."""

    vocabularies: Vocabularies
    table: FeatureTable | None
    classifier: Estimator

    def inputs(self, tokens: Sequence[Features]) -> Iterator[Table]:
        """The classifier's inputs for these tokens, in one or more parts; no part is without a token."""
        if self.table is not None:
            yield from self.table.blocks(tokens)
        elif tokens:
            yield tokens


class TokenTagger(abc.ABC):
    """A tagger around a classifier of scikit-learn: each token is classified by itself, from its features.

    A classifier that takes no sparse tables gets dense ones, up to 2 GiB of train. A pipeline that begins with a
    `DictVectorizer` keeps its own; other estimators that begin with one get the features as they are.
    """

    trusted: ClassVar[tuple[str, ...]] = ()
    """Types beyond those that skops trusts, which a kept classifier may hold ("package.module.Name")."""
    _fitted: FittedClassifier | None = None

    @abc.abstractmethod
    def build(self) -> Estimator:
        """A new classifier, not fitted."""

    def features(self, words: Sequence[str], position: int) -> Features:
        """The features of the token at a position of its sentence; input layers are added to them."""
        return describe(words, position)

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Fit a new classifier. Raises `SeqbenchError` if it takes dense tables only, and train's is too large."""
        from sklearn.dummy import DummyClassifier

        tokens = self._tokens(train.sentences)
        vectorizer, classifier = split_vectorizer(self.build())
        table, inputs = None, tokens
        if not reads_features(classifier):
            table = FeatureTable.learn(tokens, dense=not takes_sparse_tables(classifier), vectorizer=vectorizer)
            inputs = table.whole(tokens, type(classifier).__name__)
        only_one = len(train.tags.vocabulary) == 1  # which most classifiers refuse
        chosen = DummyClassifier() if only_one else under_conditions(classifier, conditions)
        chosen.fit(inputs, train.tags.ids)
        self._fitted = FittedClassifier(Vocabularies.of(train), table, chosen)

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The classifier's tags, as ids."""
        fitted = learned(self)
        ids = [fitted.classifier.predict(part) for part in self._inputs(fitted, sentences)]
        whole = np.concatenate([np.zeros(0, np.int32), *ids]).astype(np.int32)
        return Sequences(whole, sentences.offsets, fitted.vocabularies.tags)

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`; needs skops."""
        fitted = learned(self)
        kept = KeptTable(fitted.vocabularies, None if fitted.table is None else fitted.table.dense)
        write_classifier(folder, kept, fitted.classifier, fitted.table)

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the classifier holds types that are not trusted."""
        kept, classifier, table = read_classifier(folder, self.trusted)
        self._fitted = FittedClassifier(kept.vocabularies, table, classifier)

    def _inputs(self, fitted: FittedClassifier, sentences: Sequences) -> Iterator[Table]:
        fitted.vocabularies.refuse_missing_layers(sentences)
        return fitted.inputs(self._tokens(sentences))

    def _tokens(self, sentences: Sequences) -> list[Features]:
        return [token for sentence in described(sentences, self.features) for token in sentence]


class ProbabilisticTokenTagger(TokenTagger):
    """A `TokenTagger` around a classifier that has `predict_proba`."""

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Probabilistic`."""
        fitted = learned(self)
        nothing = np.zeros((0, len(fitted.vocabularies.tags)))
        probabilities = cast("ProbabilisticEstimator", fitted.classifier).predict_proba
        parts = [probabilities(part) for part in self._inputs(fitted, sentences)]
        return np.concatenate([nothing, *parts]).astype(np.float32)


class PerToken(TokenTagger):
    """A classifier of scikit-learn; `PerTokenProbabilities` where it has `predict_proba` that is wanted."""

    def __init__(self, classifier: Estimator, features: Describe = describe) -> None:
        self._classifier, self._features = classifier, features

    def build(self) -> Estimator:
        """A copy of the classifier, not fitted."""
        return unfitted(self._classifier)

    def features(self, words: Sequence[str], position: int) -> Features:
        """The features that were chosen."""
        return self._features(words, position)


class PerTokenProbabilities(ProbabilisticTokenTagger, PerToken):
    """`PerToken` around a classifier that has `predict_proba`."""
