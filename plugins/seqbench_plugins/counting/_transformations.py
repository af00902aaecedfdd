"""Transformations of tags: `from` becomes `to` where a context stands, learned one after the other (Brill 1995)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from seqbench import DataError, check_array
from seqbench_plugins._shared.ragged_arrays import Ints

TEMPLATES: tuple[tuple[tuple[str, int], ...], ...] = (
    (("tag", -1),), (("tag", 1),), (("tag", -2),), (("tag", 2),),
    (("tag", -1), ("tag", -2)), (("tag", 1), ("tag", 2)), (("tag", -1), ("tag", 1)),
    (("word", 0),), (("word", -1),), (("word", 1),), (("word", 0), ("tag", -1)), (("word", 0), ("tag", 1)),
)  # fmt: skip
"""What each kind of context looks at: words or tags, each at a distance from the token that is changed."""
_COLUMNS = 4  # template, context, from, to


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Where the neighbours of each token stand, and its word; the last place stands for what is outside the sentence.

    `words` and `tags` are how many of each there are; one more number stands for none.
    """

    at: dict[int, Ints]
    forms: Ints
    words: int
    tags: int

    @classmethod
    def of(cls, forms: Ints, offsets: NDArray[np.int64], words: int, tags: int) -> Surroundings:
        """Surroundings of tokens: forms (tokens,) below `words`, offsets (sentences + 1,)."""
        sentence = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        tokens = np.arange(len(forms))
        at = {}
        for distance in (-2, -1, 0, 1, 2):
            other = np.clip(tokens + distance, 0, max(0, len(forms) - 1))
            inside = (other == tokens + distance) & (sentence[other] == sentence) if len(forms) else tokens == 1
            at[distance] = np.where(inside, other, len(forms))
        return cls(at, np.append(forms, words), words, tags)

    def contexts(self, template: int, tags: Ints) -> Ints:
        """The number of the context of each token: (tokens,)."""
        codes = np.zeros(len(tags), np.int64)
        with_none = np.append(tags, self.tags)
        for kind, distance in TEMPLATES[template]:
            values, size = (self.forms, self.words) if kind == "word" else (with_none, self.tags)
            codes = codes * (size + 1) + values[self.at[distance]]
        return codes

    def check(self) -> None:
        """Raises `DataError` if so many words and tags have more rules than 64 bits can number."""
        size = {"word": self.words + 1, "tag": self.tags + 1}
        contexts = max(prod(size[kind] for kind, _ in template) for template in TEMPLATES)
        if contexts * self.tags**2 > np.iinfo(np.int64).max:
            raise DataError(
                f"{self.tags:,} tags beside {self.words:,} words have more rules than 64 bits can number; "
                "choose a column with fewer tags (?tags=COLUMN), or another tagger"
            )


@dataclass(frozen=True, eq=False)
class Transformations:
    """Rules in their order: (rules, 4), each a template, the number of a context, the old tag and the new one."""

    rows: Ints

    def check(self, tags: int) -> None:
        """Raises `ValueError` unless each rule has a template that there is, and tags below so many."""
        check_array("rows", self.rows, None, _COLUMNS)
        check_array("rows", self.rows[:, 0], None, below=len(TEMPLATES))
        check_array("rows", self.rows[:, 2:].ravel(), None, below=tags)

    def apply(self, tags: Ints, around: Surroundings) -> Ints:
        """The tags after all rules; what a rule changes at one token it does not see at another."""
        for row in self.rows:
            tags = changed(row, tags, around)
        return tags


def changed(row: Ints, tags: Ints, around: Surroundings) -> Ints:
    """The tags after one rule."""
    template, context, old, new = (int(number) for number in row)
    return np.where((tags == old) & (around.contexts(template, tags) == context), new, tags)


def learn(
    tags: Ints, gold: Ints, around: Surroundings, least: int, more: Callable[[int, float], bool]
) -> Transformations:
    """The rules that each correct most, at least `least` tokens more than they spoil, while `more` is true.

    `more` hears the number of rules and the share of tokens that are wrong. Raises `DataError` as `Surroundings.check`.
    """
    around.check()
    rows: list[Ints] = []
    while more(len(rows), float(np.mean(tags != gold)) if len(tags) else 0.0):
        gain, row = max((_best(template, tags, gold, around) for template in range(len(TEMPLATES))), key=lambda b: b[0])
        if row is None or gain < least:
            break
        rows.append(row)
        tags = changed(row, tags, around)
    return Transformations(np.array(rows, np.int64).reshape(-1, _COLUMNS))


def _best(template: int, tags: Ints, gold: Ints, around: Surroundings) -> tuple[int, Ints | None]:
    """The gain of the best rule of a template, and the rule; of equals, the one with the lowest numbers."""
    moments = around.contexts(template, tags) * around.tags + tags  # a context and the tag to be changed
    wrong = tags != gold
    if not wrong.any():
        return 0, None
    moves, corrected = np.unique(moments[wrong] * around.tags + gold[wrong], return_counts=True)
    known, which = np.unique(moves // around.tags, return_inverse=True)
    right = moments[~wrong]
    index = np.minimum(np.searchsorted(known, right), len(known) - 1)
    spoilt = np.bincount(index[known[index] == right], minlength=len(known))
    gains = corrected - spoilt[which]
    best = int(gains.argmax())
    moment, new = divmod(int(moves[best]), around.tags)
    return int(gains[best]), np.array([template, *divmod(moment, around.tags), new], np.int64)
