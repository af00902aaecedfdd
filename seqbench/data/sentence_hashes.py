"""Hashes of sentences, whole and with one word left out: a corpus at once, so that repeats are found by sorting.

A sentence is a polynomial of its words' hashes, modulo 2^64: that of a sentence without a word comes from those of what
stands before and behind it. By chance two of a million different sentences are equal once in ten million corpora.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Offsets, Sequences, Strings, offsets_of
from seqbench.data.word_forms import forms_of

Hashes = NDArray[np.uint64]
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


@dataclass(frozen=True, eq=False)
class Hashed:
    """Words of sentences as hashes (words,), and where sentences begin and end: (sentences + 1,)."""

    words: Hashes
    offsets: Offsets

    @classmethod
    def of(cls, sentences: Sequences, form: Callable[[str], str] = str) -> Hashed:
        """Sentences by a form of each word; words whose form is empty are left out."""
        return cls._coded(sentences, _codes(sentences.vocabulary, form))

    @classmethod
    def both(cls, sentences: Sequences, others: Sequences, form: Callable[[str], str] = str) -> tuple[Hashed, Hashed]:
        """Both corpora by a form of each word; of a common vocabulary, as dev's is train's and more, each word once."""
        shared = sentences.vocabulary[: len(others.vocabulary)]
        if not np.array_equal(shared, others.vocabulary):
            return cls.of(sentences, form), cls.of(others, form)
        codes = _codes(sentences.vocabulary, form)
        return cls._coded(sentences, codes), cls._coded(others, codes)

    @classmethod
    def _coded(cls, sentences: Sequences, codes: Hashes) -> Hashed:
        words = codes[sentences.ids]
        kept = words != 0
        if kept.all():
            return cls(words, sentences.offsets)
        ends = np.concatenate([[0], np.cumsum(kept)])[sentences.offsets]
        return cls(words[kept], offsets_of(np.diff(ends)))

    def with_tags(self, tags: Sequences) -> Hashed:
        """Sentences of the same words, told apart by their tags."""
        forms = np.fromiter((hash(("tag", tag)) for tag in tags.vocabulary), np.int64, len(tags.vocabulary))
        return Hashed(self.words * np.uint64(3) + forms.astype(np.uint64)[tags.ids], self.offsets)

    @cached_property
    def lengths(self) -> Offsets:
        """Words of each sentence: (sentences,)."""
        return np.diff(self.offsets)

    @cached_property
    def whole(self) -> Hashes:
        """A hash of each sentence: (sentences,)."""
        return self._sums[self.offsets[1:]] - self._sums[self.offsets[:-1]]

    @cached_property
    def without_a_word(self) -> Hashes:
        """A hash of the sentence of each word without this word: (words,)."""
        sentence = np.repeat(np.arange(len(self.lengths)), self.lengths)
        before = self._sums[:-1] - self._sums[self.offsets[:-1][sentence]]
        behind = self._sums[self.offsets[1:][sentence]] - self._sums[1:]
        return before + behind * np.uint64(_INVERSE)

    @cached_property
    def _sums(self) -> Hashes:
        """Sums of the terms of all words before: (words + 1,)."""
        places = np.arange(len(self.words)) - np.repeat(self.offsets[:-1], self.lengths)
        powers = np.full(int(self.lengths.max(initial=0)) + 1, _BASE, np.uint64)
        powers[0] = 1
        terms = self.words * np.multiply.accumulate(powers)[places]
        return np.concatenate([np.zeros(1, np.uint64), np.cumsum(terms, dtype=np.uint64)])


def _codes(vocabulary: Strings, form: Callable[[str], str]) -> Hashes:
    """A hash of the form of each word, 0 for an empty one (as Python's is): (words,)."""
    words = vocabulary.tolist()
    forms = words if form is str else forms_of(words, form)
    return np.fromiter(map(hash, forms), np.int64, len(forms)).astype(np.uint64)
