"""Spans counted: how many are right, predicted and gold, by sentence or type, and the scores that come of it.

A predicted span is right if gold has one with the same first token, last token and type (Tjong Kim Sang and Buchholz
2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Ids, Offsets
from seqbench.spans.extraction import Spans, extract
from seqbench.spans.schemes import Scheme
from seqbench.spans.tags import SpanTags

Counts: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class SpanPair:
    """Gold and predicted spans of the same sentences; `names` are the types of both."""

    gold: Spans
    predicted: Spans
    names: tuple[str, ...]
    offsets: Offsets

    def right(self) -> NDArray[np.bool_]:
        """Whether each predicted span is a gold one: (predicted spans,)."""
        tokens = int(self.offsets[-1])
        ends, types = np.full(tokens, -1), np.full(tokens, -1)  # of the gold span that starts at a token
        ends[self.gold.starts], types[self.gold.starts] = self.gold.ends, self.gold.types
        starts = self.predicted.starts
        right: NDArray[np.bool_] = (ends[starts] == self.predicted.ends) & (types[starts] == self.predicted.types)
        return right

    def by_sentence(self) -> Counts:
        """Right, predicted and gold spans of each sentence: (sentences, 3)."""
        predicted, gold = (spans.sentences(self.offsets) for spans in (self.predicted, self.gold))
        return _counted(len(self.offsets) - 1, predicted[self.right()], predicted, gold)

    def by_type(self) -> Counts:
        """Right, predicted and gold spans of each type: (types, 3)."""
        predicted = self.predicted.types
        return _counted(len(self.names), predicted[self.right()], predicted, self.gold.types)


@dataclass(frozen=True)
class Reading:
    """Way to read the tags of a corpus as spans: their scheme, and the policy for illegal sequences.

    Spans of the types in `without` are left out.
    """

    tags: Sequence[str]
    scheme: Scheme
    policy: str = "conlleval"
    without: tuple[str, ...] = ()

    def pair(self, gold: Ids, predicted: Ids, offsets: Offsets) -> SpanPair:
        """The spans of gold and predicted tag ids (tokens,)."""
        known = SpanTags.of(self.tags, self.scheme)
        left_out = [number for number, name in enumerate(known.names) if name in self.without]
        first, second = (extract(known, ids, offsets, self.policy).without(left_out) for ids in (gold, predicted))
        return SpanPair(gold=first, predicted=second, names=known.names, offsets=offsets)


def scores(counts: Counts | Floats) -> Floats:
    """Precision, recall and F1 from right, predicted and gold, 0 where there is nothing to divide by: (..., 3)."""
    right, predicted, gold = np.moveaxis(np.asarray(counts, np.float64), -1, 0)
    return np.stack([_ratio(right, predicted), _ratio(right, gold), _ratio(2 * right, predicted + gold)], axis=-1)


def micro(counts: Counts) -> Floats:
    """Precision, recall and F1 of all types together: (types, 3) -> (3,)."""
    return scores(counts.sum(0))


def macro(counts: Counts) -> Floats:
    """Mean precision, recall and F1 of the types that gold or prediction have: (types, 3) -> (3,)."""
    present = counts[:, 1:].any(1)
    return scores(counts[present]).mean(0) if present.any() else np.zeros(3)


def _counted(size: int, *places: NDArray[np.int64] | NDArray[np.int32]) -> Counts:
    return np.stack([np.bincount(numbers, minlength=size) for numbers in places], axis=-1)


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0)
