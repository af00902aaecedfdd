"""How probable a state is after two others: trigrams interpolated with bigrams and unigrams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seqbench import check_array
from seqbench_plugins._shared.counts_by_part import Counted
from seqbench_plugins._shared.ragged_arrays import Floats, Ints, totals

_LARGEST_TABLE = 1 << 25
"""Triples of states: 134 MB."""


class Transitions(Protocol):
    """Log P(c | a, b) of states, by the code (a * states + b) * states + c."""

    @property
    def states(self) -> int:
        """The number of states."""
        ...

    def at(self, codes: Ints) -> NDArray[np.float32]:
        """The log probability of each code."""
        ...


@dataclass(frozen=True, eq=False)
class Table:
    """The log probabilities of all codes in a row: (states ** 3,)."""

    states: int
    values: NDArray[np.float32]

    @classmethod
    def of(cls, sought: Sought) -> Table:
        """A table of the numbers that would be looked up."""
        table = (sought.missing[:, :, None] + sought.shorter).astype(np.float32).reshape(-1)
        table[sought.codes] = sought.seen
        return cls(sought.states, table)

    def at(self, codes: Ints) -> NDArray[np.float32]:
        """See `Transitions`."""
        return np.take(self.values, codes)


@dataclass(frozen=True, eq=False)
class Sought:
    """Log probabilities looked up among the triples that were seen: `codes` ascending, their logs in `seen`.

    An unseen one is `shorter` (b, c), log P(c | b), and what `missing` (a, b) adds to it.
    """

    shorter: Floats
    missing: Floats
    codes: Ints
    seen: Floats

    @property
    def states(self) -> int:
        """See `Transitions`."""
        return len(self.shorter)

    def at(self, codes: Ints) -> NDArray[np.float32]:
        """See `Transitions`."""
        logs = np.take(self.shorter, codes % self.states**2) + np.take(self.missing, codes // self.states)
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        hit = self.codes[places] == codes
        logs[hit] = self.seen[places[hit]]
        return logs.astype(np.float32)


@dataclass(frozen=True, eq=False)
class Trigrams:
    """The triples of states that were seen, and how often each; the last state stands before and after a sentence."""

    states: int
    codes: Ints  # (triples,) (a * states + b) * states + c, ascending
    counts: Floats  # (triples,)

    def check(self, states: int) -> None:
        """Raises `ValueError` unless the triples are of so many states, ascending, each with its count."""
        if self.states != states:
            raise ValueError(f"triples must be of {states} states, were of {self.states}")
        check_array("codes", self.codes, None, below=states**3)
        check_array("counts", self.counts, len(self.codes))
        if (np.diff(self.codes) <= 0).any():
            raise ValueError("codes must be ascending")

    @classmethod
    def of(cls, parts: Iterable[tuple[Ints, Ints]], states: int) -> Trigrams:
        """Count the states, numbered below `states - 1`, of sentences; each part is a sequence and its offsets."""
        counted = Counted.of(_triples(sequence, offsets, states) for sequence, offsets in parts)
        return cls(states, counted.codes, counted.counts.astype(float))

    def probabilities(self) -> tuple[Floats, Floats, Floats]:
        """Log P(c | b) where no triple was seen, what an unseen (a, b) adds to it, log P(c | a, b) of the seen triples.

        The weights of trigrams, bigrams and unigrams are found by deleted interpolation (Brants 2000, TnT, figure 1).
        """
        pairs = totals(self.counts, self.codes // self.states, self.states**2)  # of (a, b)
        bigrams = totals(self.counts, self.codes % self.states**2, self.states**2)  # of (b, c)
        firsts = totals(self.counts, self.codes // self.states % self.states, self.states)
        unigrams = totals(self.counts, self.codes % self.states, self.states)
        of_one, of_two, of_three = self._weights(pairs, bigrams, firsts, unigrams)
        after = ratio(bigrams.reshape(-1, self.states), firsts[:, None])
        shorter = of_one * ratio(unigrams, unigrams.sum()) + of_two * after
        seen = (
            of_three * ratio(self.counts, pairs[self.codes // self.states])
            + shorter.reshape(-1)[self.codes % self.states**2]
        )
        missing = np.where(pairs > 0, 0.0, -np.log(of_one + of_two))
        with np.errstate(divide="ignore"):  # log 0: nothing but the boundary comes after nothing
            return np.log(shorter), missing.reshape(-1, self.states), np.log(seen)

    def transitions(self) -> Transitions:
        """Log P(c | a, b), as a table where that is small, else looked up: of 1,500 states a table would take 13 GB."""
        shorter, missing, seen = self.probabilities()
        sought = Sought(shorter, missing, self.codes, seen)
        return Table.of(sought) if self.states**3 <= _LARGEST_TABLE else sought

    def _weights(self, pairs: Floats, bigrams: Floats, firsts: Floats, unigrams: Floats) -> list[float]:
        """Each triple votes, with its count, for the length that predicts it best when it is left out once."""
        b, c = self.codes // self.states % self.states, self.codes % self.states
        left_out = [
            ratio(unigrams[c] - 1, np.full(len(c), unigrams.sum() - 1)),
            ratio(bigrams[b * self.states + c] - 1, firsts[b] - 1),
            ratio(self.counts - 1, pairs[self.codes // self.states] - 1),
        ]
        longest_first = np.argmax(left_out[::-1], 0)
        votes = np.bincount(2 - longest_first, self.counts, 3) + 1e-3  # no weight is 0: no seen tag becomes impossible
        return list(votes / votes.sum())


def ratio(part: Floats, whole: Floats | float) -> Floats:
    """How much of each whole a part is, and 0 where there is nothing to divide by."""
    whole = np.broadcast_to(whole, part.shape)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)


def _triples(sequence: Ints, offsets: Ints, states: int) -> Ints:
    """Codes of the triples inside of sentences, each of which begins and ends with the last state."""
    before = 2 * np.repeat(np.arange(1, len(offsets)), np.diff(offsets))
    padded = np.full(len(sequence) + 2 * len(offsets) - 1, states - 1)
    padded[np.arange(len(sequence)) + before] = sequence
    codes = (padded[:-2] * states + padded[1:-1]) * states + padded[2:]
    inside: Ints = codes[codes % states**2 != states**2 - 1]  # not from one sentence into the next
    return inside
