"""Multinomial logistic regression for each token by itself: a conditional random field without moves between tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from seqbench import Deterministic, Range, Sequences, accepts_lists, learned
from seqbench_plugins._shared.training_memory import Training
from seqbench_plugins.linear._token_wise import TokenWiseTagger

_BYTES_OF_A_WEIGHT = 320
"""L-BFGS keeps the last ten steps and gradients of each weight, and what it works on."""
_SECONDS_OF_AN_ENTRY, _SECONDS_OF_A_FEATURE = 4e-9, 3e-7
"""Of an iteration: each feature of each token, and each feature of all, times the tags."""


@dataclass(kw_only=True)
class MaximumEntropy(TokenWiseTagger, Deterministic):
    """Maximum entropy over words, affixes, shapes and neighbours (Ratnaparkhi 1996), without the tags before.

    L-BFGS of scikit-learn. Input layers beside the words are features.
    """

    c: Annotated[float, "the larger, the less weights are held small", Range(1e-2, 1e2, log=True)] = 1.0
    iterations: Annotated[int, "most iterations of L-BFGS"] = 100

    def __post_init__(self) -> None:
        """Check what would fail later."""
        if self.c <= 0 or self.iterations < 1:
            raise ValueError(f"c must be above 0 and iterations at least 1, was: {self.c}, {self.iterations}")

    def classifier(self, seed: int) -> Any:
        """See `TokenWiseTagger`."""
        del seed
        return LogisticRegression(C=self.c, max_iter=self.iterations)

    def training(self, features: int, entries: int, tags: int) -> Training:
        """See `TokenWiseTagger`."""
        seconds = self.iterations * (entries * _SECONDS_OF_AN_ENTRY + features * _SECONDS_OF_A_FEATURE) * tags
        size = float(_BYTES_OF_A_WEIGHT) * features * tags
        return Training(tagger="maxent", tags=tags, size=size, seconds=seconds)

    @accepts_lists
    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """P(tag | neighbourhood): (tokens, tags)."""
        scores = learned(self).scores(sentences).astype(np.float64)
        odds = np.exp(scores - scores.max(1, keepdims=True))
        probabilities: NDArray[np.float32] = (odds / odds.sum(1, keepdims=True)).astype(np.float32)
        return probabilities
