"""Properties of a form by itself: the word, its cased form, affixes and shape, as numbers learned from train."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seqbench_plugins._shared.unknown_words import shape

Numbers = NDArray[np.int32]
RARE, ABSENT, OUTSIDE, FIRST = 0, 1, 2, 3  # seen too seldom or never; too short for it; beyond the sentence; the rest


@dataclass(frozen=True, eq=False)
class Forms:
    """The properties of forms: each is a number, the same for all forms that share it."""

    known: tuple[dict[str, int], ...]  # by property: its text -> number
    tables: tuple[dict[str | None, int], ...] = field(init=False)

    def __post_init__(self) -> None:
        if len(self.known) != len(PROPERTIES):
            raise ValueError(f"forms have {len(PROPERTIES)} properties, was: {len(self.known)}")
        object.__setattr__(self, "tables", tuple({**table, None: ABSENT} for table in self.known))

    @classmethod
    def learn(cls, forms: Iterable[str], counts: NDArray[np.int64], least: int) -> Forms:
        """A property gets a number of its own if train has at least so many tokens with it."""
        tables = []
        listed = list(forms)
        for of in PROPERTIES.values():
            index: dict[str | None, int] = {}
            rows = np.array([index.setdefault(of(form), len(index)) for form in listed], np.int64)
            often = np.bincount(rows, counts, len(index)) >= least
            numbers = np.where(often, FIRST - 1 + np.cumsum(often), RARE).tolist()
            pairs = zip(index, numbers, strict=True)
            tables.append({text: number for text, number in pairs if text is not None})
        return cls(tuple(tables))

    def of(self, forms: Iterable[str]) -> Numbers:
        """(forms, properties)."""
        listed = list(forms)
        columns = [
            [table.get(of(form), RARE) for form in listed]
            for of, table in zip(PROPERTIES.values(), self.tables, strict=True)
        ]
        return np.array(columns, np.int32).reshape(len(PROPERTIES), len(listed)).T

    @property
    def sizes(self) -> list[int]:
        """How many numbers each property uses."""
        return [max(FIRST - 1, *table.values()) + 1 for table in self.tables]


def _prefix(length: int) -> Callable[[str], str | None]:
    return lambda form: form[:length] if len(form) > length else None


def _suffix(length: int) -> Callable[[str], str | None]:
    return lambda form: form[-length:] if len(form) > length else None


PROPERTIES: dict[str, Callable[[str], str | None]] = {
    "word": str.lower,
    "form": str,
    "shape": shape,
    **{f"prefix{n}": _prefix(n) for n in (1, 2, 3, 4)},
    **{f"suffix{n}": _suffix(n) for n in (1, 2, 3, 4, 5)},
}
