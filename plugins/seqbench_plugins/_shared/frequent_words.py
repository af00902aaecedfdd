"""The frequent words of train, and the kinds of moves that come from them: any, into one, out of one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seqbench import Sequences, check_array
from seqbench_plugins._shared.ragged_arrays import Ints


@dataclass(frozen=True, eq=False)
class FrequentWords:
    """The most frequent forms of train, numbered from 1; all others are 0."""

    numbers: Ints  # (forms of train + 1,) the last is for unknown ones
    count: int

    def check(self, words: int) -> None:
        """Raises `ValueError` unless each of so many words of train has a number."""
        check_array("numbers", self.numbers, words + 1, below=self.count + 1)

    @classmethod
    def learn(cls, sentences: Sequences, most: int) -> FrequentWords:
        """At most so many forms."""
        forms = len(sentences.vocabulary)
        often = np.bincount(sentences.ids, minlength=forms)
        top = np.argsort(-often, kind="stable")[: max(0, most)]
        numbers = np.zeros(forms + 1, np.int64)
        numbers[top] = np.arange(1, len(top) + 1)
        return cls(numbers, len(top))

    def of(self, sentences: Sequences) -> Ints:
        """The number of each token's form."""
        return self.numbers[np.minimum(sentences.ids, len(self.numbers) - 1)]

    @property
    def kinds_of_moves(self) -> int:
        """How many kinds there are: one for all, and with each frequent word, or none, on the right and on the left."""
        return 1 + 2 * (self.count + 1) if self.count else 1

    def kinds(self, sentences: Sequences) -> Ints:
        """The kinds of the move into each token, besides kind 0: (tokens, 2), or (tokens, 0) if no word is special."""
        if not self.count:
            return np.zeros((len(sentences.ids), 0), np.int64)
        word = self.of(sentences)
        before = np.append(0, word[:-1])[: len(word)]  # of a sentence's first token it does not matter
        return np.stack([1 + word, 2 + self.count + before], 1)
