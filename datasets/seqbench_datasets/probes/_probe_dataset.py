"""The dataset of a probe: sentences drawn for train, dev and test, the same ones on every machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_lowercase
from typing import Annotated
from urllib.parse import urlencode

from seqbench import Ceilings, Corpus, Dataset, Range, UsageError

Sentence = tuple[list[str], list[str]]
"""Words, and their tags."""
Draw = Callable[[int, Random], Sentence]
"""Draws a sentence of so many tokens."""

Band = Annotated[
    int, "test sentences are up to so many times as long as the longest of train; 1: as those of train", Range(1, 12)
]
Tokens = Annotated[int, "tokens of train, at least; dev and test have a fifth of them"]
Seed = Annotated[int, "seed of the sentences"]

WINDOWS = 2, 8, 32
"""Tokens to either side that taggers with a window see, for which ceilings are computed."""


@dataclass(frozen=True)
class Lengths:
    """Lengths of sentences, each as often as the others: `shortest` to `longest` tokens in train and dev.

    Test has the same in band 1; in band b > 1 those from above (b - 1) times `longest` up to b times.
    """

    shortest: int
    longest: int
    band: int = 1

    @property
    def train(self) -> Sequence[int]:
        """The lengths of train and dev."""
        return range(self.shortest, self.longest + 1)

    @property
    def test(self) -> Sequence[int]:
        """The lengths of test."""
        return self.train if self.band == 1 else range((self.band - 1) * self.longest + 1, self.band * self.longest + 1)


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A probe with its options: how long its sentences are, and how one is drawn."""

    name: str
    options: Mapping[str, int | float | str]
    lengths: Lengths
    draw: Draw

    def splits(self, tokens: int, seed: int) -> dict[str, Corpus]:
        """Train, dev and test: at least so many tokens and a fifth of them, in whole rounds of the lengths."""
        random = Random(seed)  # noqa: S311 -- nothing secret, and the same on every machine
        sizes = {
            "train": (self.lengths.train, tokens),
            "dev": (self.lengths.train, tokens // 5),
            "test": (self.lengths.test, tokens // 5),
        }
        return {split: self._corpus(lengths, size, random) for split, (lengths, size) in sizes.items()}

    def dataset(self, splits: Mapping[str, Corpus], ceilings: Ceilings) -> Dataset:
        """The dataset of these splits."""
        shown = ", ".join(f"{name}={value}" for name, value in self.options.items() if name not in ("tokens", "seed"))
        source = f"{self.name}?{urlencode(self.options)}"
        return Dataset.of(
            f"{self.name}({shown})",
            train=splits["train"],
            dev=splits["dev"],
            test=splits["test"],
            source=source,
            ceilings=ceilings,
        )

    def _corpus(self, lengths: Sequence[int], tokens: int, random: Random) -> Corpus:
        rounds = max(1, -(-tokens // sum(lengths)))
        drawn = [self.draw(length, random) for _ in range(rounds) for length in lengths]
        return Corpus.encode([words for words, _ in drawn], [tags for _, tags in drawn])


def letters(number: int) -> str:
    """A number in letters, for words that differ in no figure: a to z, ba, bb..."""
    more, last = divmod(number, len(ascii_lowercase))
    return (letters(more) if more else "") + ascii_lowercase[last]


def at_least(least: int, **options: int) -> None:
    """Raises `UsageError` if an option is below its least value."""
    for name, value in options.items():
        if value < least:
            raise UsageError(f"{name} must be at least {least}, was: {value}")
