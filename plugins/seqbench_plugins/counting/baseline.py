"""The most frequent tag of each word: what every other tagger has to beat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Conditions, Corpus, Deterministic, Sequences


@dataclass(kw_only=True)
class Baseline(Deterministic):
    """Gives each word the tag it had most often in train (of equals, the one seen first with that word).

    Unknown words get the most frequent tag of all (of equals, the one seen first).
    """

    def fit(self, train: Corpus, conditions: Conditions) -> None:  # noqa: ARG002 -- nothing here depends on them
        """Count each pair of word and tag."""
        tags = len(train.tags.vocabulary)
        pairs = train.sentences.ids.astype(np.int64) * tags + train.tags.ids
        seen, first, count = np.unique(pairs, return_index=True, return_counts=True)
        best_last = np.lexsort((-first, count, seen // tags))
        last_of_word = np.flatnonzero(np.diff(seen[best_last] // tags, append=-1))
        totals = np.bincount(train.tags.ids, minlength=1)
        self._tags = train.tags.vocabulary
        self._words = {word: number for number, word in enumerate(train.sentences.vocabulary)}
        self._best = np.append(seen[best_last][last_of_word] % tags, totals.argmax()).astype(np.int32)

    def predict(self, sentences: Sequences) -> Sequences:
        """The tag of each word; the last entry of the table is that of unknown words."""
        words = np.minimum(sentences.ids, len(self._best) - 1)
        return Sequences(self._best[words], sentences.offsets, self._tags)

    def start(self) -> None:
        """See `seqbench.Stepwise`: no word depends on another."""

    def step(self, state: None, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], None]:
        """See `seqbench.Stepwise`: 1 for the tag of the word."""
        del layers
        tag = self._best[self._words.get(form, -1)]
        return np.eye(len(self._tags), dtype=np.float32)[tag], state

    @property
    def parameters(self) -> int:
        """One tag a word, and one for the unknown."""
        return len(self._best)
