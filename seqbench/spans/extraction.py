"""Spans read from tag ids: whole corpora at once, without a loop over tokens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.corpus import Ids, Offsets
from seqbench.spans.schemes import rules
from seqbench.spans.tags import SpanTags

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Spans:
    """Spans of a corpus in order: tokens `starts` (spans,) up to `ends` (spans,) of all, and `types` (spans,)."""

    starts: Places
    ends: Places
    types: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts)

    def sentences(self, offsets: Offsets) -> Places:
        """The number of the sentence of each span: (spans,)."""
        found: Places = np.searchsorted(offsets, self.starts, side="right") - 1
        return found


def extract(tags: SpanTags, ids: Ids, offsets: Offsets, policy: str = "conlleval") -> Spans:
    """The spans that a policy reads from the tag ids (tokens,) of sentences.

    Tokens whose moves continue a span make a run. In a run a span begins at the first token that may open one and goes
    on to the end of the run; it counts if the move out of the run closes it.
    """
    read = rules(tags.scheme, policy)
    edge = len(tags.roles)  # stands for what lies before and behind a sentence
    bounded = np.append(ids, edge)
    bounded[offsets] = edge
    before = np.append(edge, ids[:-1])
    before[offsets[:-1][np.diff(offsets) > 0]] = edge
    run_starts = np.flatnonzero(~tags.pairs(read.continues)[before, ids])
    run_ends = np.append(run_starts[1:], len(ids))
    opening = np.flatnonzero(tags.pairs(read.opens)[before, ids])
    runs = np.searchsorted(run_starts, opening, side="right") - 1
    first = np.diff(runs, prepend=-1) > 0
    starts, ends = opening[first], run_ends[runs[first]]
    closed = tags.pairs(read.closes)[ids[ends - 1], bounded[ends]]
    return Spans(starts[closed], ends[closed], tags.types[ids[starts[closed]]])
