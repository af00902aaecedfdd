"""Each token's tag is the first word of its sentence: how far a word is carried that was seen once."""

from __future__ import annotations

from random import Random
from typing import Annotated

from seqbench import Dataset, Range
from seqbench_datasets.probes._ceilings import ceilings_of
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
from seqbench_datasets.probes._running_product import answers


def probe_first_word(
    *,
    length: Annotated[int, "tokens of the longest sentence of train", Range(2, 128, log=True)] = 16,
    symbols: Annotated[int, "different words, drawn evenly"] = 4,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 1 to `length` words; where the first word is out of sight it is any word, whatever is seen."""
    at_least(1, length=length, symbols=symbols, band=band, tokens=tokens)

    def draw(size: int, random: Random) -> Sentence:
        words = [letters(random.randrange(symbols)) for _ in range(size)]
        return words, words[:1] * size

    lengths = Lengths(1, length, band)
    options = {"length": length, "symbols": symbols, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-first-word", options=options, lengths=lengths, draw=draw)
    ceilings = ceilings_of(lengths.test, lambda _, at, sight: answers(at, sight, symbols), WINDOWS)
    return probe.dataset(probe.splits(tokens, seed), ceilings)
