"""Spans read from tag ids: whole corpora at once, without a loop over tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Ids, Offsets
from seqbench.spans.schemes import rules
from seqbench.spans.tags import SpanTags

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Spans:
    """Spans of a corpus in order: tokens `starts` (spans,) up to `ends` (spans,) of all, and `types` (spans,)."""

    starts: Places
    ends: Places
    types: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts)

    def sentences(self, offsets: Offsets) -> Places:
        """The number of the sentence of each span: (spans,)."""
        sentences: Places = np.searchsorted(offsets, self.starts, side="right") - 1
        return sentences

    def without(self, types: Sequence[int]) -> Spans:
        """Spans that are of none of these types."""
        kept = ~np.isin(self.types, types)
        return self if not types else Spans(starts=self.starts[kept], ends=self.ends[kept], types=self.types[kept])

    def covered(self) -> tuple[Places, Places]:
        """All tokens in spans, in order, and the number of the span that each is in: (tokens in spans,) twice."""
        lengths = self.ends - self.starts
        numbers = np.repeat(np.arange(len(self)), lengths)
        tokens = np.arange(len(numbers)) + np.repeat(self.starts - np.cumsum(lengths) + lengths, lengths)
        return tokens, numbers


def extract(tags: SpanTags, ids: Ids, offsets: Offsets, policy: str = "conlleval") -> Spans:
    """The spans that a policy reads from the tag ids (tokens,) of sentences.

    Tokens whose moves continue a span make a run. In a run a span begins at the first token that may open one and goes
    on to the end of the run; it counts if the move out of the run closes it.
    """
    read = rules(tags.scheme, policy)
    edge = len(tags.roles)  # stands for what lies before and behind a sentence
    before, after = np.full((2, len(ids) + 1), edge)  # (tokens + 1,): the tags around each move
    before[1:], after[:-1] = ids, ids
    begins = offsets[:-1][np.diff(offsets) > 0]
    into = before * (edge + 1) + after  # (tokens + 1,): each move as one number, as if there were one sentence
    into[begins] = edge * (edge + 1) + ids[begins]
    broken = ~tags.pairs(read.continues).take(into)
    run_starts = np.flatnonzero(broken)  # the last one is the end of all
    opening = np.flatnonzero(tags.pairs(read.opens).take(into))
    runs = np.cumsum(broken, dtype=np.int32)[opening]
    first = np.diff(runs, prepend=0) > 0
    starts, ends = opening[first], run_starts[runs[first]]
    after[offsets] = edge
    closed = tags.pairs(read.closes)[before[ends], after[ends]]
    return Spans(starts=starts[closed], ends=ends[closed], types=tags.types[ids[starts[closed]]])
