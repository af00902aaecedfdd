"""How probable a word is under each tag: counts of the form, backed off to its lower case, shape and ending."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, Sequences

Array = NDArray[np.float64]
LONGEST_ENDING = 8
_RARE = 10


@dataclass(frozen=True, eq=False)
class Emissions:
    """Scores proportional to P(word | tag): `known` (train's forms, tags), and what other forms are guessed by."""

    known: Array
    lowered: dict[str, Array]
    endings: dict[str, Array]
    prior: Array
    smoothing: float

    @classmethod
    def of(cls, train: Corpus, tags: int, smoothing: float) -> Emissions:
        """Counts of a training set; endings are learned from rare forms, which unknown ones resemble (Brants 2000)."""
        words, forms = train.sentences.ids.astype(np.int64), list(train.sentences.vocabulary)
        counts = np.bincount(words * tags + train.tags.ids, minlength=len(forms) * tags).reshape(-1, tags).astype(float)
        prior = counts.sum(0) / max(1.0, counts.sum())
        lowered: dict[str, Array] = defaultdict(lambda: np.zeros(tags))
        ending_counts: dict[str, Array] = defaultdict(lambda: np.zeros(tags))
        for form, row in zip(forms, counts, strict=True):
            lowered[form.lower()] += row
            if row.sum() <= _RARE:
                for ending in endings_of(form):
                    ending_counts[ending] += row
        draft = cls(counts, dict(lowered), dict(ending_counts), np.maximum(prior, 1e-12), smoothing)
        guesses = np.stack([draft.guess(form) for form in forms]) if forms else counts
        rows = (counts + smoothing * guesses) / (counts.sum(1, keepdims=True) + smoothing)
        return cls(rows / draft.prior, draft.lowered, draft.endings, draft.prior, smoothing)

    def scores(self, sentences: Sequences) -> Array:
        """(tokens, tags)."""
        used, index = np.unique(sentences.ids, return_inverse=True)
        table = (
            np.stack([self._score(i, sentences.vocabulary[i]) for i in used.tolist()]) if len(used) else self.known[:0]
        )
        return table[index] if len(used) else np.zeros((0, len(self.prior)))

    def _score(self, word: int, form: str) -> Array:
        if word < len(self.known):
            row: Array = self.known[word]
            return row
        return self.guess(form) / self.prior

    def guess(self, form: str) -> Array:
        """P(tag | form) of a form that may be unknown, from its shortest ending to its lower case: (tags,)."""
        row = self.prior
        for ending in endings_of(form):
            if (counts := self.endings.get(ending)) is not None:
                row = (counts + self.smoothing * 2 * row) / (counts.sum() + self.smoothing * 2)
        if (counts := self.lowered.get(form.lower())) is not None:
            row = (counts + self.smoothing * row) / (counts.sum() + self.smoothing)
        return row


def endings_of(form: str) -> list[str]:
    """Shape, then ever longer endings of the lower-cased form, each with its shape: what unknown words are told by."""
    shape = ("A" if form[:1].isupper() else "a") + ("0" if any(c.isdigit() for c in form) else "")
    shape += ("-" if "-" in form else "") + ("" if any(c.isalpha() for c in form) else ".")
    low = form.lower()
    return [shape + ":" + low[len(low) - n :] for n in range(min(LONGEST_ENDING, len(low)) + 1)]
