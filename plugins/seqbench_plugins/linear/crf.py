"""A linear-chain conditional random field, trained by CRFsuite and decoded here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from seqbench import Conditions, Corpus, Deterministic, Range, Sequences, UsageError
from seqbench_plugins.linear._features import Features
from seqbench_plugins.linear._linear import TOKENS_AT_ONCE, Tokens
from seqbench_plugins.linear._marginals import marginals
from seqbench_plugins.linear._viterbi import equal_lengths


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

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Hand features to CRFsuite, and take its weights back."""
        try:
            from seqbench_plugins.linear._crfsuite import Examples, learn
        except ImportError as error:
            raise UsageError(f"crf needs python-crfsuite ({error}): pip install 'seqbench[crf]'.") from error
        self._tags = train.tags.vocabulary
        self._features, features = Features.learn(train)
        tokens = _tokens(train.sentences, features)

        def told(iteration: int, loss: float) -> None:
            conditions.report(epoch=iteration, tokens=train.tokens, loss=loss / max(1, train.tokens))

        examples = Examples(tokens, train.tags.ids, (self._features.count, len(self._tags)))
        self._model = learn(examples, self.parameters_of_crfsuite(), told)

    def parameters_of_crfsuite(self) -> dict[str, float]:
        """The fields by CRFsuite's own names."""
        return {"max_iterations": self.iterations, "c1": self.c1, "c2": self.c2, "feature.minfreq": self.minfreq}

    def predict(self, sentences: Sequences) -> Sequences:
        """The most probable sequence of each sentence."""
        tokens = _tokens(sentences, self._features.of(sentences))
        return Sequences(self._model.best(tokens), sentences.offsets, self._tags)

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """The exact marginals P(tag | sentence): (tokens, tags)."""
        tokens = _tokens(sentences, self._features.of(sentences))
        found = np.zeros((len(sentences.ids), len(self._tags)), np.float32)
        for group in equal_lengths(sentences.lengths, most_tokens=TOKENS_AT_ONCE):
            places = tokens.groups(group)
            found[places] = marginals(self._model.emissions(tokens.features[places]), self._model.moves[0])
        return found

    @property
    def parameters(self) -> int:
        """Weights that are not 0."""
        return int(np.count_nonzero(self._model.states) + np.count_nonzero(self._model.moves))


def _tokens(sentences: Sequences, features: NDArray[np.int32]) -> Tokens:
    """All moves are of one kind."""
    return Tokens(features, np.zeros((len(features), 0), np.int64), sentences.offsets)
