"""The most frequent tag of each word: what every other tagger has to beat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    Deterministic,
    Ids,
    Sequences,
    Vocabularies,
    accepts_lists,
    check_array,
    learned,
    read_learned,
    write_learned,
)
from seqbench_plugins._shared.counts_by_part import Counted, parts_of


@dataclass(frozen=True, eq=False)
class Fitted:
    """The best tag of each word of train, by its id, and last that of unknown words; `words` leads to the id."""

    vocabularies: Vocabularies
    best: Ids  # (words + 1,)
    words: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        words = self.vocabularies.words
        check_array("best", self.best, len(words) + 1, below=max(1, len(self.vocabularies.tags)))
        object.__setattr__(self, "words", {word: number for number, word in enumerate(words)})

    @classmethod
    def of(cls, train: Corpus) -> Fitted:
        """Counts of each pair of word and tag."""
        tags = len(train.tags.vocabulary)
        pairs = Counted.of(part.sentences.ids.astype(np.int64) * tags + part.tags.ids for part in parts_of(train))
        seen = pairs.codes
        best_last = np.lexsort((-pairs.first, pairs.counts, seen // tags))
        last_of_word = np.flatnonzero(np.diff(seen[best_last] // tags, append=-1))
        totals = np.bincount(seen % tags, pairs.counts, minlength=1) if tags else np.zeros(1)
        best = np.append(seen[best_last][last_of_word] % tags, totals.argmax()).astype(np.int32)
        return cls(Vocabularies.of(train), best)


@dataclass(kw_only=True)
class Baseline(Deterministic):
    """Gives each word the tag it had most often in train (of equals, the one seen first with that word).

    Unknown words get the most frequent tag of all (of equals, the one seen first).
    """

    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def fit(self, train: Corpus, conditions: Conditions) -> None:  # noqa: ARG002 -- nothing here depends on them
        """Count each pair of word and tag."""
        self._fitted = Fitted.of(train)

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The tag of each word; the last entry of the table is that of unknown words."""
        fitted = learned(self)
        words = np.minimum(sentences.ids, len(fitted.best) - 1)
        return Sequences(fitted.best[words], sentences.offsets, fitted.vocabularies.tags)

    @property
    def sight(self) -> tuple[int, int]:
        """See `seqbench.Sighted`."""
        return 0, 0

    def start(self) -> None:
        """See `seqbench.Stepwise`: no word depends on another."""
        learned(self)

    def step(self, state: None, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], None]:
        """See `seqbench.Stepwise`: 1 for the tag of the word."""
        del layers
        fitted = learned(self)
        probabilities = np.zeros(len(fitted.vocabularies.tags), np.float32)
        probabilities[fitted.best[fitted.words.get(form, -1)]] = 1
        return probabilities, state

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        write_learned(folder, learned(self))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the files do not hold what such a tagger learns."""
        self._fitted = read_learned(folder, Fitted)

    @property
    def parameters(self) -> int:
        """One tag a word, and one for the unknown."""
        return len(learned(self).best)
