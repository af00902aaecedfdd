"""A linear support vector machine for each token by itself, one against the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from sklearn.svm import LinearSVC

from seqbench import Range
from seqbench_plugins._shared.training_memory import Training
from seqbench_plugins.linear._token_wise import TokenWiseTagger

_BYTES_OF_A_WEIGHT = 30
"""Weights of scikit-learn twice, and those that are kept."""
_SECONDS_OF_AN_ENTRY = 4.5e-8
"""For each feature of each token and each tag, in as many passes over train as most tags take."""


@dataclass(kw_only=True)
class SupportVectorMachine(TokenWiseTagger):
    """Linear support vectors (Cortes and Vapnik 1995; Giménez and Màrquez 2004 for tags) over the features of `crf`.

    LIBLINEAR through scikit-learn. Input layers beside the words are features.
    """

    c: Annotated[float, "the larger, the less weights are held small", Range(1e-3, 1e1, log=True)] = 0.1
    iterations: Annotated[int, "most passes over train for each tag"] = 1000

    def __post_init__(self) -> None:
        """Check what would fail later."""
        if self.c <= 0 or self.iterations < 1:
            raise ValueError(f"c must be above 0 and iterations at least 1, was: {self.c}, {self.iterations}")

    def classifier(self, seed: int) -> Any:
        """See `TokenWiseTagger`."""
        return LinearSVC(C=self.c, max_iter=self.iterations, random_state=seed)

    def training(self, features: int, entries: int, tags: int) -> Training:
        """See `TokenWiseTagger`."""
        size, seconds = float(_BYTES_OF_A_WEIGHT) * features * tags, _SECONDS_OF_AN_ENTRY * entries * tags
        return Training(tagger="svm", tags=tags, size=size, seconds=seconds)
