"""Pairs of a key and a value, then keys alone, whose tags are the values: how many pairs a tagger can remember."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
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
class Layout:
    """Parts of a sentence: pairs, other words between them and the queries, and two queries for each pair."""

    pairs: int
    gap: int
    values: int

    @property
    def queries(self) -> int:
        """The keys at the end, drawn evenly from those of the pairs."""
        return 2 * self.pairs

    @property
    def length(self) -> int:
        """The tokens of a sentence."""
        return 2 * self.pairs + self.gap + self.queries

    def sentence(self, keys: int, random: Random) -> Sentence:
        """A sentence of this layout, with keys drawn from so many."""
        own = [f"k-{letters(key)}" for key in random.sample(range(keys), self.pairs)]
        value_of = {key: f"v-{letters(random.randrange(self.values))}" for key in own}
        queries = [random.choice(own) for _ in range(self.queries)]
        words = [word for key, value in value_of.items() for word in (key, value)] + ["."] * self.gap + queries
        return words, [NOTHING] * (2 * self.pairs + self.gap) + [value_of[query] for query in queries]

    def accuracy(self, window: int) -> float:
        """The expected accuracy of the best tagger that sees so many tokens to either side."""
        if not window:  # a key of a pair looks like a query
            certain = self.length - self.pairs - self.queries
            return (certain + max(self.pairs, self.queries / self.values)) / self.length
        queries = sum(self._recalled(self.length - self.queries + query - window) for query in range(self.queries))
        return (self.length - self.queries + queries) / self.length

    def _recalled(self, first: int) -> float:
        """How probably a query is answered by a tagger that sees all tokens from the one at `first` on.

        A value whose key is just out of sight belongs to any of the keys that are not seen.
        """
        guess = 1 / self.values
        if first >= 2 * self.pairs:
            return guess
        hidden = ceil(max(0, first) / 2)
        alone = 1 / hidden if first > 0 and first % 2 else 0
        return (self.pairs - hidden + hidden * (alone + (1 - alone) * guess)) / self.pairs


def probe_recall(  # noqa: PLR0913 -- the options of a dataset, each named where it is passed
    *,
    pairs: Annotated[int, "pairs of a key and a value in a sentence", Range(1, 64, log=True)] = 4,
    gap: Annotated[int, "words between the pairs and the queries"] = 2,
    keys: Annotated[int, "different keys; 0: four times `pairs`"] = 0,
    values: Annotated[int, "different values"] = 8,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Multi-query associative recall: `pairs` pairs, a gap, and two queries for each pair; all else has the tag `-`."""
    at_least(1, pairs=pairs, values=values, band=band, tokens=tokens)
    at_least(0, gap=gap)
    keys = keys or 4 * pairs
    at_least(pairs, keys=keys)
    whole = Layout(pairs, gap, values)
    options = {"pairs": pairs, "gap": gap, "keys": keys, "values": values, "band": band, "tokens": tokens, "seed": seed}

    def draw(length: int, random: Random) -> Sentence:
        return Layout(pairs, gap + length - whole.length, values).sentence(keys, random)

    lengths = Lengths(whole.length, whole.length, band)
    probe = Probe(name="probe-recall", options=options, lengths=lengths, draw=draw)
    layouts = [Layout(pairs, gap + length - whole.length, values) for length in lengths.test]
    return probe.dataset(probe.splits(tokens, seed), _ceilings(layouts))


def _ceilings(layouts: Sequence[Layout]) -> Ceilings:
    """The pairs stand to the left of the queries: nothing to the right of a token tells anything about its tag."""
    tokens = sum(layout.length for layout in layouts)
    windows = {size: sum(layout.accuracy(size) * layout.length for layout in layouts) / tokens for size in WINDOWS}
    return Ceilings(any=1, left_to_right=1, window=windows)
