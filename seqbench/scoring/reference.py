"""The test set of one dataset: what predictions are held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Flags, Outcome
from seqbench.data.audit import repeated
from seqbench.data.corpus import Ids, Offsets
from seqbench.data.dataset import Dataset


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
class CountsSeedsAtOnce(Protocol):
    """A countable metric that also counts all seeds of a model in one go, which is quicker."""

    def counts_of_seeds(self, reference: Reference, predicted: NDArray[np.integer[Any]]) -> NDArray[np.int64] | None:
        """What `counts` says of each seed, from ids (seeds, tokens): (seeds, sentences, quantities)."""
        ...
