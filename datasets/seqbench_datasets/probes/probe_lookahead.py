"""Each token's tag is the word some tokens after it: no tagger that reads from left to right can know it."""

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


def probe_lookahead(
    *,
    k: Annotated[int, "tokens from a token to the word that is its tag", Range(1, 128, log=True)] = 2,
    symbols: Annotated[int, "different words, drawn evenly"] = 4,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 2 to 4 times `k` words; where nothing stands so far ahead the tag is `none`."""
    at_least(1, k=k, symbols=symbols, band=band, tokens=tokens)

    def draw(length: int, random: Random) -> Sentence:
        words = [letters(random.randrange(symbols)) for _ in range(length)]
        return words, words[k:] + [NONE] * min(k, length)

    lengths = Lengths(2 * k, 4 * k, band)
    options = {"k": k, "symbols": symbols, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-lookahead", options=options, lengths=lengths, draw=draw)
    ceilings = ceilings_of(
        lengths.test, lambda length, at, sight: _answers(length - 1 - at, sight, k, symbols), WINDOWS
    )
    return probe.dataset(probe.splits(tokens, seed), ceilings)


def _answers(after: int, sight: Sight, k: int, symbols: int) -> Mapping[Hashable, float]:
    """The word is seen so far ahead, or is any of the words; `none` where no more than `after` words follow."""
    if after < k:
        return {NONE: 1}
    if sight.right >= k:
        return {"the word seen there": 1}
    return dict.fromkeys(range(symbols), 1 / symbols)
