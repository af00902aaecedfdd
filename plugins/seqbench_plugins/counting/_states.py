"""The states of a tag chain: tags, told apart by whether the word is capitalised and by which frequent word it is.

Brants (2000) lets a flag for capitals into the states; Pla and Molina (2004), "Improving part-of-speech tagging using
lexicalized HMMs", let frequent words in. Both keep the model a normalised HMM.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, check_array
from seqbench_plugins._shared.counts_by_part import Counted, parts_of
from seqbench_plugins._shared.ragged_arrays import Ints

PLAIN = 2  # classes for words that are not frequent: without and with a capital
_MOST = 1 << 13  # states that a model may have: of twice as many, the pairs alone take gigabytes


@dataclass(frozen=True, eq=False)
class States:
    """The state of each tag in each class of words."""

    frequent: dict[str, int]  # lower-cased word -> class
    of: Ints  # (tags, classes) -> state
    prior: NDArray[np.float64]  # (states,) log P(state)

    def check(self, tags: int) -> None:
        """Raises `ValueError` unless each of so many tags has a state in every class of words."""
        classes, states = PLAIN + len(self.frequent), len(self.prior)
        if states > _MOST:
            raise ValueError(
                f"a hidden Markov model has at most {_MOST:,} states, was: {states:,}; "
                "lower states, or choose a column with fewer tags (?tags=COLUMN)"
            )
        check_array("prior", self.prior, states)
        check_array("of", self.of, tags, classes, below=states)
        check_array("frequent", np.array([*self.frequent.values()], np.int64), None, below=classes)

    @classmethod
    def learn(cls, train: Corpus, most: int) -> States:
        """At most so many states: as many frequent words, from the most frequent on, get states of their own as fit."""
        tags = len(train.tags.vocabulary)
        frequent = _frequent(train, most - PLAIN * tags)
        draft = cls(frequent, np.zeros((tags, PLAIN + len(frequent)), np.int64), np.zeros(0))
        classes = draft.classes(train.sentences.vocabulary) * (PLAIN * tags <= most)
        width = draft.of.shape[1]
        cells = Counted.of(part.tags.ids * width + classes[part.sentences.ids] for part in parts_of(train))
        seen = cells.codes
        of = np.full(draft.of.shape, -1)
        of.reshape(-1)[seen] = np.arange(len(seen))
        plain = np.where(of[:, :1] >= 0, of[:, :1], of.max(1, keepdims=True))
        return cls(frequent, np.where(of >= 0, of, plain), np.log(cells.counts / max(1, train.tokens)))

    def classes(self, forms: Iterable[str]) -> Ints:
        """The class of each form."""
        own = self.frequent
        return np.array([own.get(form.lower(), int(form[:1].isupper())) for form in forms], np.int64)


def _frequent(train: Corpus, room: int) -> dict[str, int]:
    """The most frequent words, lower-cased, whose tags together find room, each with its class."""
    tags = len(train.tags.vocabulary)
    index: dict[str, int] = {}
    lowered = np.array([index.setdefault(form.lower(), len(index)) for form in train.sentences.vocabulary], np.int64)
    counted = Counted.of(lowered[part.sentences.ids] * tags + part.tags.ids for part in parts_of(train))
    cells = counted.codes
    total = np.bincount(cells // tags, counted.counts, len(index))
    order = np.argsort(-total, kind="stable")[: max(room, 0)]
    needed = np.cumsum(np.bincount(cells // tags, minlength=len(index))[order])
    words = list(index)
    return {words[i]: PLAIN + rank for rank, i in enumerate(order[needed <= room])}
