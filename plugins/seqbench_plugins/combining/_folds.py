"""Parts of train, each beside all the others: what a tagger says of sentences that it has not learned from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, Sequences


@dataclass(frozen=True, eq=False)
class Fold:
    """A part of train, and the rest of it to learn from."""

    rest: Corpus
    """Over words and tags of its own, as any train is: what it does not have is unknown."""
    sentences: NDArray[np.int64]
    """Numbers of the part's sentences in train."""
    tokens: NDArray[np.bool_]
    """Whether a token of train is of this part: (tokens,)."""
    tags: NDArray[np.int32]
    """Of each tag of the rest, its id in train."""

    def of(self, sentences: Sequences) -> Sequences:
        """The part of train's sentences, or of a copy of them, over the words of the rest."""
        return sentences.take(self.sentences).extend(self.rest.sentences)


def folds_of(train: Corpus, number: int) -> Iterator[Fold]:
    """Every so many sentences in turn; where train has one sentence alone, the rest of its only fold is train."""
    parts = np.arange(len(train)) % max(1, min(number, len(train)))
    of_token = np.repeat(parts, train.sentences.lengths)
    ids = {tag: position for position, tag in enumerate(train.tags.vocabulary)}
    for part in range(parts.max(initial=-1) + 1):
        others = np.flatnonzero(parts != part)
        rest = train.take(others).compact() if len(others) else train
        known = np.array([ids[tag] for tag in rest.tags.vocabulary], np.int32)
        yield Fold(rest, np.flatnonzero(parts == part), of_token == part, known)
