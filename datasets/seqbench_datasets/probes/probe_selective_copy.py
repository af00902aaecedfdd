"""A few words among many that mean nothing, then marks that ask for them in order: what to keep and what to forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from random import Random
from typing import Annotated

from seqbench import Ceilings, Dataset, Range
from seqbench_datasets.probes._probe_dataset import (
    WINDOWS,
    Band,
    Lengths,
    Probe,
    Seed,
    Sentence,
    Tokens,
    at_least,
    letters,
)

NOTHING = "-"


@dataclass(frozen=True)
class Stream:
    """Parts of a sentence: so many tokens with `items` words at places drawn evenly, then a mark for each."""

    items: int
    places: int
    symbols: int

    def sentence(self, random: Random) -> Sentence:
        """A sentence of this kind."""
        chosen = sorted(random.sample(range(self.places), self.items))
        words = [letters(random.randrange(self.symbols)) for _ in range(self.items)]
        said = dict(zip(chosen, words, strict=True))
        stream = [said.get(position, ".") for position in range(self.places)]
        return [*stream, *["?"] * self.items], [NOTHING] * self.places + words

    def right(self, window: int) -> float:
        """How many tokens the best tagger that sees so many to either side can expect to have right."""
        return self.places + sum(self._copied(mark, window) for mark in range(self.items))

    def _copied(self, mark: int, window: int) -> float:
        """How probably a mark is answered: its word is among the last of the stream that are seen, or guessed."""
        seen = min(self.places, max(0, window - mark))
        needed = self.items - mark
        ways = sum(comb(seen, n) * comb(self.places - seen, self.items - n) for n in range(needed, self.items + 1))
        known = ways / comb(self.places, self.items)
        return known + (1 - known) / self.symbols


def probe_selective_copy(  # noqa: PLR0913 -- the options of a dataset, each named where it is passed
    *,
    items: Annotated[int, "words to keep", Range(1, 32, log=True)] = 4,
    gaps: Annotated[int, "tokens that mean nothing, for each word to keep"] = 1,
    symbols: Annotated[int, "different words, drawn evenly"] = 4,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Selective copying (Gu and Dao 2023): `items` words among others, then `items` marks with the words as tags."""
    at_least(1, items=items, symbols=symbols, band=band, tokens=tokens)
    at_least(0, gaps=gaps)
    options = {"items": items, "gaps": gaps, "symbols": symbols, "band": band, "tokens": tokens, "seed": seed}
    length = items * (2 + gaps)
    lengths = Lengths(length, length, band)
    probe = Probe(
        name="probe-selective-copy",
        options=options,
        lengths=lengths,
        draw=lambda size, random: Stream(items, size - items, symbols).sentence(random),
    )
    ceilings = _ceilings([Stream(items, size - items, symbols) for size in lengths.test], sum(lengths.test))
    return probe.dataset(probe.splits(tokens, seed), ceilings)


def _ceilings(streams: Sequence[Stream], tokens: int) -> Ceilings:
    """The words stand to the left of the marks: nothing to the right of a token tells anything about its tag."""
    windows = {size: sum(stream.right(size) for stream in streams) / tokens for size in WINDOWS}
    return Ceilings(any=1, left_to_right=1, window=windows)
