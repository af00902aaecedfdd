"""Taggers around estimators that take whole sentences."""

from __future__ import annotations

import abc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seqbench.adapters.estimator_protocols import Estimator, under_conditions, unfitted
from seqbench.adapters.token_features import Describe, Features, describe, described
from seqbench.contracts.fitted import learned
from seqbench.contracts.tagger import Conditions
from seqbench.data.corpus import Corpus, Sequences
from seqbench.data.vocabularies import Vocabularies


@dataclass(frozen=True, eq=False)
class FittedEstimator:
    """A fitted estimator of sentences."""

    vocabularies: Vocabularies
    estimator: Estimator


class SentenceTagger(abc.ABC):
    """A tagger around an estimator of sentences: `fit(X, y)` and `predict(X)`, X and y with one item a sentence.

    X has a list of feature mappings a sentence, y a list of tags. Sentences without a token are kept from it.
    """

    _fitted: FittedEstimator | None = None

    @abc.abstractmethod
    def build(self) -> Estimator:
        """A new estimator, not fitted."""

    def features(self, words: Sequence[str], position: int) -> Features:
        """The features of the token at a position of its sentence; input layers are added to them."""
        return describe(words, position)

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Fit a new estimator."""
        estimator = under_conditions(self.build(), conditions)
        pairs = zip(self._inputs(train.sentences), train.tags, strict=True)
        inputs, tags = zip(*((x, list(tags)) for x, tags in pairs if len(tags)), strict=True)
        estimator.fit(list(inputs), list(tags))
        self._fitted = FittedEstimator(Vocabularies.of(train), estimator)

    def predict(self, sentences: Sequences | Iterable[Sequence[str]]) -> list[list[str]]:
        """The estimator's tags."""
        fitted = learned(self)
        encoded = fitted.vocabularies.encode(sentences)
        fitted.vocabularies.refuse_missing_layers(encoded)
        inputs = self._inputs(encoded)
        filled = [x for x in inputs if len(x)]
        answers = iter(fitted.estimator.predict(filled) if filled else ())
        return [[str(tag) for tag in next(answers, ())] if len(x) else [] for x in inputs]

    def _inputs(self, sentences: Sequences) -> Sequence[Sequence[Features | str]]:
        return described(sentences, self.features)


class PerSentence(SentenceTagger):
    """An estimator of sentences, such as a CRF of sklearn-crfsuite; with `features=None` it gets the words alone."""

    def __init__(self, estimator: Estimator, features: Describe | None = describe) -> None:
        self._estimator, self._features = estimator, features

    def build(self) -> Estimator:
        """A copy of the estimator, not fitted."""
        return unfitted(self._estimator)

    def features(self, words: Sequence[str], position: int) -> Features:
        """The features that were chosen."""
        return (self._features or describe)(words, position)

    def _inputs(self, sentences: Sequences) -> Sequence[Sequence[Features | str]]:
        return list(sentences) if self._features is None else super()._inputs(sentences)
