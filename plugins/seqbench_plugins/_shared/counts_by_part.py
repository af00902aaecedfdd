"""Codes of tokens counted part by part, so that a large corpus takes no more memory than the different codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from seqbench import Corpus
from seqbench_plugins._shared.ragged_arrays import Ints

PART = 1 << 20
"""Tokens of a part."""


def parts_of(corpus: Corpus, tokens: int | None = None) -> Iterator[Corpus]:
    """The sentences of a corpus in parts of about so many tokens (`PART`); a longer sentence is a part of its own."""
    offsets = corpus.sentences.offsets
    starts = np.unique(np.searchsorted(offsets[:-1], np.arange(0, max(1, corpus.tokens), tokens or PART)))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(corpus)], strict=True):
        yield corpus if (start, end) == (0, len(corpus)) else corpus.part(start, end)


@dataclass(frozen=True, eq=False)
class Counted:
    """Different codes, ascending, the place where each came first, and how often each came: (codes,)."""

    codes: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    first: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    @classmethod
    def of(cls, parts: Iterable[Ints]) -> Counted:
        """The codes of all parts."""
        counted, before = cls(), 0
        for part in parts:
            codes, first, counts = np.unique(part, return_index=True, return_counts=True)
            counted = counted.joined(cls(codes, first + before, counts))
            before += len(part)
        return counted

    def joined(self, later: Counted) -> Counted:
        """Codes of these places and of later ones."""
        if not len(self.codes):
            return later
        together = np.concatenate([self.codes, later.codes])
        codes, index, inverse = np.unique(together, return_index=True, return_inverse=True)
        counts = np.zeros(len(codes), np.int64)
        counts[inverse[: len(self.codes)]] = self.counts
        counts[inverse[len(self.codes) :]] += later.counts
        return Counted(codes, np.concatenate([self.first, later.first])[index], counts)
