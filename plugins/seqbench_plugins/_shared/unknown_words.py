"""How probable a tag is for a word that was never seen: by its shape and its longest suffix that rare words share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from seqbench import check_array

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Smoothing:
    """How many tokens each link is worth beside the next one; how rare a word is that teaches suffixes."""

    suffix_length: int
    rare: int
    suffix: float
    lower: float
    form: float


@dataclass(frozen=True, eq=False)
class Suffixes:
    """P(tag | shape, suffix): of all words -> of their shape -> of ever longer suffixes of words of this shape.

    Learned from rare words, as unknown words are like them (Samuelsson 1993, Brants 2000). Each link of the chain is
    (count + strength * previous link) / (total + strength).
    """

    tables: tuple[dict[str, int], ...]  # by suffix length: shape and suffix -> row
    rows: Floats  # (rows, tags); row 0 is of all words

    def check(self, tags: int) -> None:
        """Raises `ValueError` unless every suffix leads to a row of so many tags."""
        check_array("rows", self.rows, None, tags)
        for length, table in enumerate(self.tables):
            check_array(f"tables.{length}", np.array([*table.values()], np.int64), None, below=len(self.rows))

    @classmethod
    def learn(
        cls, forms: Iterable[str], counts: Floats, prior: Floats, smoothing: Smoothing
    ) -> tuple[Suffixes, Floats]:
        """From rare forms and how often each had which tag (forms, tags); and what is learned for the same forms."""
        keys = [(shape(form) + " ", form) for form in forms]
        parent = np.zeros(len(keys), np.int64)
        tables: list[dict[str, int]] = []
        rows = prior[None]
        for length in range(smoothing.suffix_length + 1):
            table: dict[str, int] = {}
            own = [table.setdefault(k + f[len(f) - length :], len(table)) if len(f) >= length else -1 for k, f in keys]
            row = np.array(own, np.int64)
            has = row >= 0
            seen = np.zeros((len(table), counts.shape[1]))
            np.add.at(seen, row[has], counts[has])
            before = np.zeros(len(table), np.int64)
            before[row[has]] = parent[has]
            tables.append({key: len(rows) + i for key, i in table.items()})
            parent[has] = len(rows) + row[has]
            rows = np.concatenate([rows, link(seen, rows[before], smoothing.suffix)])
        return cls(tuple(tables), rows), rows[parent]

    def of(self, forms: Iterable[str]) -> Floats:
        """P(tag | form) of each: (forms, tags)."""
        return self.rows[np.array([self._longest(form) for form in forms], np.int64)]

    def _longest(self, form: str) -> int:
        """The row of the longest suffix that was seen on words of this shape; 0 where not even the shape was."""
        kind, row, size = shape(form) + " ", 0, len(form)
        for length, table in enumerate(self.tables[: size + 1]):
            longer = table.get(kind + form[size - length :])
            if longer is None:
                break
            row = longer
        return row


def link(counts: Floats, before: Floats, strength: float) -> Floats:
    """One link of a chain, from what is counted and what is believed before: (rows, tags)."""
    total: Floats = counts.sum(1, keepdims=True) + strength
    return (counts + strength * before) / np.where(total > 0, total, 1)


def shape(form: str) -> str:
    """The first six kinds of characters of a form, runs as one: `Xx` for Paris, `d.d` for 3.14, `x-x` for so-called."""
    return "".join([kind for kind, _ in groupby(map(_kind, form))][:6])


@lru_cache(maxsize=10_000)
def _kind(character: str) -> str:
    if character.isupper():
        return "X"
    if character.isalpha():
        return "x"
    return "d" if character.isdigit() else character
