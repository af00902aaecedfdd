"""Very long sentences, which networks read in pieces: the rule, and how often it applies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus, Offsets

LONGEST = 1000
"""Tokens of a sentence that networks read at once; longer sentences are cut behind every so many tokens."""


def in_pieces(offsets: Offsets, longest: int = LONGEST) -> Offsets:
    """Offsets with cuts behind every `longest` tokens of a sentence; the same array where no sentence is longer."""
    lengths = np.diff(offsets)
    long = np.flatnonzero(lengths > longest)
    if not len(long):
        return offsets
    cuts = [np.arange(offsets[i] + longest, offsets[i + 1], longest) for i in long.tolist()]
    pieces: NDArray[np.int64] = np.sort(np.concatenate([offsets, *cuts]))
    return pieces


def long_sentences(split: str, corpus: Corpus) -> Iterator[str]:
    """Note on the sentences of a split that networks read in pieces."""
    lengths = corpus.sentences.lengths
    count = int(np.count_nonzero(lengths > LONGEST))
    if count:
        plural = f"{count:,} sentences of {split} have" if count > 1 else f"1 sentence of {split} has"
        yield (
            f"{plural} more than {LONGEST:,} tokens ({int(lengths.max()):,} at most): networks read them in pieces of "
            f"{LONGEST:,} tokens, all other taggers whole"
        )
