"""How probable a tag is for a word, known or not: a chain from its suffixes over the lower-cased word to the form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, Sequences, check_array
from seqbench_plugins._shared.counts_by_part import Counted, parts_of
from seqbench_plugins._shared.ragged_arrays import Floats
from seqbench_plugins._shared.unknown_words import Smoothing, Suffixes, link


@dataclass(frozen=True, eq=False)
class Lexicon:
    """P(tag | form). Known words are smoothed by the same chain that unknown ones are judged by."""

    known: Floats  # (forms of train, tags)
    suffixes: Suffixes
    lowered: dict[str, int]  # lower-cased form -> row of `lower_counts`
    lower_counts: Floats
    lower_smoothing: float

    def check(self, words: int, tags: int) -> None:
        """Raises `ValueError` unless the tables are of so many words and tags."""
        check_array("known", self.known, words, tags)
        check_array("lower_counts", self.lower_counts, len(self.lowered) + 1, tags)
        check_array("lowered", np.array([*self.lowered.values()], np.int64), None, below=len(self.lowered))
        self.suffixes.check(tags)

    @classmethod
    def learn(cls, train: Corpus, smoothing: Smoothing) -> Lexicon:
        """Count every word with its tags."""
        forms = train.sentences.vocabulary
        counts = _pair_counts(train)
        rare = counts.sum(1) <= smoothing.rare
        prior = counts.sum(0) / max(1.0, counts.sum())
        by_suffix = np.empty_like(counts)
        suffixes, by_suffix[rare] = Suffixes.learn(forms[rare], counts[rare], prior, smoothing)
        by_suffix[~rare] = suffixes.of(forms[~rare])
        index: dict[str, int] = {}
        rows = np.array([index.setdefault(form.lower(), len(index)) for form in forms], np.int64)
        lower_counts = np.zeros((len(index) + 1, counts.shape[1]))  # the last row: forms that are not known
        np.add.at(lower_counts, rows, counts)
        before = link(lower_counts[rows], by_suffix, smoothing.lower)
        return cls(link(counts, before, smoothing.form), suffixes, index, lower_counts, smoothing.lower)

    def of(self, sentences: Sequences, forms: NDArray[np.int32]) -> Floats:
        """P(tag | form) of these entries of the vocabulary, which are ascending: (forms, tags)."""
        split = np.searchsorted(forms, len(self.known))
        return np.concatenate([self.known[forms[:split]], self._unseen(sentences.vocabulary[forms[split:]])])

    @property
    def parameters(self) -> int:
        """Counts that are not 0, of lower-cased words and of suffixes, and a probability for each form and tag."""
        return int(np.count_nonzero(self.lower_counts)) + self.suffixes.rows.size + self.known.size

    def _unseen(self, forms: NDArray[np.object_]) -> Floats:
        """The chain up to the lower-cased word."""
        rows = np.array([self.lowered.get(form.lower(), -1) for form in forms], np.int64)
        return link(self.lower_counts[rows], self.suffixes.of(forms), self.lower_smoothing)


def _pair_counts(train: Corpus) -> Floats:
    """How often each form had each tag: (forms, tags)."""
    forms, tags = len(train.sentences.vocabulary), len(train.tags.vocabulary)
    cells = Counted.of(part.sentences.ids.astype(np.int64) * tags + part.tags.ids for part in parts_of(train))
    counts = np.zeros(forms * tags)
    counts[cells.codes] = cells.counts
    return counts.reshape(forms, tags)
