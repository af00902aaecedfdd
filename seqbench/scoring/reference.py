"""The test set of one dataset: what predictions are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Flags, Outcome, SpanSettings
from seqbench.data.corpus import Ids, Offsets
from seqbench.data.dataset import Dataset
from seqbench.data.repeated_sentences import repeated

AnyIds: TypeAlias = NDArray[np.integer[Any]]
"""Tag ids of whatever type of integers holds all tags: (tokens,), or (seeds, tokens)."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The half of an outcome that is the same for every tagger: the test set of one dataset."""

    tags: tuple[str, ...]
    learned: int
    gold: Ids
    offsets: Offsets
    known: Flags
    ambiguous: Flags
    repeated: Flags = field(default_factory=lambda: np.zeros(0, bool))
    spans: SpanSettings = field(default_factory=SpanSettings)

    @classmethod
    def of(cls, dataset: Dataset, spans: SpanSettings | None = None) -> Reference:
        """Reads the test set; `known` and `ambiguous` look at the cased forms of train."""
        train, test = dataset.train, dataset.test
        words, tags = len(train.sentences.vocabulary), len(train.tags.vocabulary)
        known = test.sentences.ids < words
        pairs = np.unique(train.sentences.ids.astype(np.int64) * tags + train.tags.ids)
        several = np.bincount(pairs // max(tags, 1), minlength=words) > 1
        ambiguous = np.zeros_like(known)
        ambiguous[known] = several[test.sentences.ids[known]]
        again = repeated(test.sentences, train.sentences)
        return cls(
            tags=tuple(test.tags.vocabulary),
            learned=tags,
            gold=test.tags.ids,
            offsets=test.sentences.offsets,
            known=known,
            ambiguous=ambiguous,
            repeated=again if again.any() else again[:0],
            spans=spans or SpanSettings(),
        )

    def outcome(self, predicted: AnyIds) -> Outcome:
        """The outcome of a trial that predicted these ids, of whatever type of integers."""
        return Outcome(
            tags=self.tags,
            learned=self.learned,
            gold=self.gold,
            predicted=predicted.astype(np.int32, copy=False),
            offsets=self.offsets,
            known=self.known,
            ambiguous=self.ambiguous,
            repeated=self.repeated,
            spans=self.spans,
        )


@runtime_checkable
class CountsSeedsAtOnce(Protocol):
    """A countable metric that also counts all seeds of a model in one go, which is quicker."""

    def counts_of_seeds(self, reference: Reference, predicted: AnyIds) -> NDArray[np.int64] | None:
        """Result of `counts` for each seed, from ids (seeds, tokens): (seeds, sentences, quantities)."""
        ...


@runtime_checkable
class CanBeUnsteady(Protocol):
    """A countable metric whose resampled scores can be no measure of its error, such as a mean over rare tags."""

    def unsteady(self, models: Sequence[NDArray[np.int64]], tags: Sequence[str]) -> str | None:
        """Reason for counts (seeds, units, quantities) of these models; None where resampling measures the error."""
        ...
