"""Each token's tag is how many `a` stand up to it, counted in a circle: a state of any size."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import comb
from random import Random
from typing import Annotated

from seqbench import Dataset, Range
from seqbench_datasets.probes._ceilings import Sight, ceilings_of
from seqbench_datasets.probes._probe_dataset import WINDOWS, Band, Lengths, Probe, Seed, Sentence, Tokens, at_least


def probe_count(
    *,
    mod: Annotated[int, "where the count begins again with 0", Range(2, 32, log=True)] = 4,
    length: Annotated[int, "tokens of the longest sentence of train; 0: four times `mod`"] = 0,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 1 to `length` words `a` and `b`, drawn evenly; the tag is the number of `a` so far, modulo `mod`."""
    at_least(1, mod=mod, band=band, tokens=tokens)
    at_least(0, length=length)
    length = length or 4 * mod

    def draw(size: int, random: Random) -> Sentence:
        words = [random.choice("ab") for _ in range(size)]
        return words, [str(words[: end + 1].count("a") % mod) for end in range(size)]

    lengths = Lengths(1, length, band)
    options = {"mod": mod, "length": length, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-count", options=options, lengths=lengths, draw=draw)
    ceilings = ceilings_of(lengths.test, lambda _, at, sight: _answers(at, sight, mod), WINDOWS)
    return probe.dataset(probe.splits(tokens, seed), ceilings)


def _answers(position: int, sight: Sight, mod: int) -> Mapping[Hashable, float]:
    """Number to add to that of the `a` that are seen: how many of the hidden words are `a`, modulo `mod`."""
    hidden = int(max(0, position - min(sight.left, position)))
    shares: dict[Hashable, float] = dict.fromkeys(range(mod), 0.0)
    for count in range(hidden + 1):
        shares[count % mod] += comb(hidden, count) / 2**hidden
    return shares
