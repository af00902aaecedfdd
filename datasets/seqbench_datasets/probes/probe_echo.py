"""Each token's tag is the word some tokens before it: how far back a tagger can carry a word."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from random import Random
from typing import Annotated

from seqbench import Dataset, Range
from seqbench_datasets.probes._ceilings import Sight, ceilings_of
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

NONE = "none"


def probe_echo(
    *,
    delay: Annotated[int, "tokens between a word and its echo", Range(1, 128, log=True)] = 4,
    symbols: Annotated[int, "different words, drawn evenly"] = 4,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 2 to 4 times `delay` words; where nothing stands so far back the tag is `none`."""
    at_least(1, delay=delay, symbols=symbols, band=band, tokens=tokens)

    def draw(length: int, random: Random) -> Sentence:
        words = [letters(random.randrange(symbols)) for _ in range(length)]
        return words, [NONE] * min(delay, length) + words[: max(0, length - delay)]

    lengths = Lengths(2 * delay, 4 * delay, band)
    options = {"delay": delay, "symbols": symbols, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-echo", options=options, lengths=lengths, draw=draw)
    ceilings = ceilings_of(lengths.test, lambda _, at, sight: _answers(at, sight, delay, symbols), WINDOWS)
    return probe.dataset(probe.splits(tokens, seed), ceilings)


def _answers(position: int, sight: Sight, delay: int, symbols: int) -> Mapping[Hashable, float]:
    """The word is seen so far back, or is any of the words; `none` where there is no word."""
    if position < delay:
        return {NONE: 1}
    if sight.left >= delay:
        return {"the word seen there": 1}
    return dict.fromkeys(range(symbols), 1 / symbols)
