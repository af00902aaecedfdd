"""A training set in parts, whose features are in memory one part at a time where all of them would not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus
from seqbench_plugins._shared.counts_by_part import parts_of
from seqbench_plugins._shared.frequent_words import FrequentWords
from seqbench_plugins._shared.ragged_arrays import Ints
from seqbench_plugins.linear._features import Features
from seqbench_plugins.linear._linear import Tokens

LARGE = 5_000_000
"""Tokens from which on a training set is gone through in parts."""
PART = 500_000
"""Tokens of a part."""
_WEIGHTS = 1 << 26
"""Weights of features of a large training set, about: learning them takes 16 bytes each, 1 GB."""


@dataclass(frozen=True, eq=False)
class TrainingParts:
    """A training set, its features, and the features of its tokens where all of them are kept."""

    train: Corpus
    features: Features
    frequent: FrequentWords
    numbers: NDArray[np.int32] | None

    @classmethod
    def of(cls, train: Corpus, frequent: FrequentWords, least: int) -> TrainingParts:
        """The training set with features that at least so many tokens have; hashed ones where tokens are many."""
        if train.tokens < LARGE:
            features, numbers = Features.learn(train, least)
            return cls(train, features, frequent, numbers)
        return cls(train, Features.hashed(train, _WEIGHTS // len(train.tags.vocabulary), least), frequent, None)

    def drawn(self, draw: np.random.Generator) -> Iterator[tuple[Tokens, Ints]]:
        """All tokens with their tags, by parts in an order that is drawn anew each time."""
        if self.numbers is not None:
            yield self._part(self.train, self.numbers)
            return
        parts = list(parts_of(self.train, PART))
        for part in (parts[number] for number in draw.permutation(len(parts)).tolist()):
            yield self._part(part, self.features.of(part.sentences))

    def _part(self, part: Corpus, numbers: NDArray[np.int32]) -> tuple[Tokens, Ints]:
        tokens = Tokens(numbers, self.frequent.kinds(part.sentences), part.sentences.offsets)
        return tokens, part.tags.ids.astype(np.int64)
