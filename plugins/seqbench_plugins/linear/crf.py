"""A linear-chain conditional random field, trained by CRFsuite and decoded here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    Deterministic,
    Range,
    Sequences,
    UsageError,
    Vocabularies,
    accepts_lists,
    learned,
    read_learned,
    write_learned,
)
from seqbench_plugins._shared.training_memory import Training
from seqbench_plugins.linear._features import Features
from seqbench_plugins.linear._linear import Linear, Tokens
from seqbench_plugins.linear._marginals import marginals
from seqbench_plugins.linear._viterbi import equal_lengths

_STEPS_A_SECOND = 2e8
"""Moves from tag to tag that CRFsuite sums over in a second, of each token in each iteration."""
_BYTES_OF_A_MOVE = 200
"""L-BFGS keeps a dozen numbers of each weight, and CRFsuite its name."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """The features of train and their weights."""

    vocabularies: Vocabularies
    features: Features
    model: Linear

    def __post_init__(self) -> None:
        layers = {name: len(values) for name, values in self.vocabularies.layers.items()}
        self.features.check(len(self.vocabularies.words), layers)
        self.model.check(self.features.count, 1, len(self.vocabularies.tags))

    def tokens(self, sentences: Sequences) -> Tokens:
        """The tokens of sentences as the model sees them. Raises `DataError` if they lack an input layer of train."""
        self.vocabularies.refuse_missing_layers(sentences)
        return _tokens(sentences, self.features.of(sentences))


@dataclass(kw_only=True)
class CRF(Deterministic):
    """Lafferty, McCallum and Pereira (2001) over words, affixes, shapes and neighbours; needs python-crfsuite.

    L-BFGS, with orthant-wise steps where `c1` is not 0 (Andrew and Gao 2007), which leave most weights 0. Input layers
    beside the words are features. CRFsuite keeps no model of a training that is broken off, so it is never stopped.
    """

    iterations: Annotated[int, "most iterations of L-BFGS"] = 60
    c1: Annotated[float, "L1 regularisation: the larger, the more weights are 0", Range(1e-3, 2.0, log=True)] = 0.2
    c2: Annotated[float, "L2 regularisation: the larger, the smaller all weights", Range(1e-3, 2.0, log=True)] = 0.1
    minfreq: Annotated[int, "pairs of feature and tag seen less often are not used"] = 1
    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Hand features to CRFsuite, and take its weights back."""
        try:
            from seqbench_plugins.linear._crfsuite import Examples, learn
        except ImportError as error:
            raise UsageError(f"crf needs python-crfsuite ({error}): pip install 'seqbench[crf]'.") from error
        features, numbers = Features.learn(train)
        self._check(features.count, train, conditions.budget)

        def tell(iteration: int, loss: float) -> None:
            conditions.report(epoch=iteration, tokens=train.tokens, loss=loss / max(1, train.tokens))

        shape = features.count, len(train.tags.vocabulary)
        examples = Examples(_tokens(train.sentences, numbers), train.tags.ids, shape)
        model = learn(examples, self.parameters_of_crfsuite(), tell)
        self._fitted = Fitted(Vocabularies.of(train), features, model)

    def _check(self, features: int, train: Corpus, budget: float | None) -> None:
        """Raises `DataError` if training takes too much memory or time: each iteration sums over all pairs of tags."""
        tags = len(train.tags.vocabulary)
        steps = float(self.iterations) * train.tokens * tags**2
        size = 4 * (features + tags) * tags + _BYTES_OF_A_MOVE * tags**2
        seconds = steps / _STEPS_A_SECOND
        Training(tagger="crf", tags=tags, size=size, seconds=seconds, budget=budget).check()

    def parameters_of_crfsuite(self) -> dict[str, float]:
        """The fields by CRFsuite's own names."""
        return {"max_iterations": self.iterations, "c1": self.c1, "c2": self.c2, "feature.minfreq": self.minfreq}

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The most probable sequence of each sentence."""
        fitted = learned(self)
        return Sequences(fitted.model.best(fitted.tokens(sentences)), sentences.offsets, fitted.vocabularies.tags)

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """The exact marginals P(tag | sentence): (tokens, tags)."""
        fitted = learned(self)
        tokens, model = fitted.tokens(sentences), fitted.model
        probabilities = np.zeros((len(sentences.ids), len(fitted.vocabularies.tags)), np.float32)
        for group in equal_lengths(sentences.lengths, most_tokens=model.tokens_at_once):
            places = tokens.groups(group)
            probabilities[places] = marginals(model.emissions(tokens.features[places]), model.moves[0])
        return probabilities

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        write_learned(folder, learned(self))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the files do not hold what such a tagger learns."""
        self._fitted = read_learned(folder, Fitted)

    @property
    def parameters(self) -> int:
        """Weights that are not 0."""
        return learned(self).model.parameters


def _tokens(sentences: Sequences, features: NDArray[np.int32]) -> Tokens:
    """Tokens whose moves are all of one kind."""
    return Tokens(features, np.zeros((len(features), 0), np.int64), sentences.offsets)
