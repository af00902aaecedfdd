"""Each token's tag is that of its word, but for a share of wrong ones: what is not learned by heart."""

from __future__ import annotations

from random import Random
from typing import Annotated

from seqbench import Ceilings, Dataset, Range, UsageError
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

_SHORTEST, _LONGEST = 5, 15


def ceiling(rate: float, tags: int) -> float:
    """The accuracy of the better of two answers: the word's own tag, or any one of the others."""
    return max(1 - rate, rate / (tags - 1))


def probe_noise(  # noqa: PLR0913 -- the options of a dataset, each named where it is passed
    *,
    rate: Annotated[float, "share of tokens whose tag is another one, drawn evenly", Range(0.0, 0.7)] = 0.2,
    words: Annotated[int, "different words, drawn evenly"] = 64,
    tags: Annotated[int, "different tags"] = 8,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 5 to 15 words; train, dev and test are equally noisy, so that no sight helps."""
    at_least(1, words=words, band=band, tokens=tokens)
    at_least(2, tags=tags)
    if not 0 <= rate <= 1:
        raise UsageError(f"rate must be from 0 to 1, was: {rate}")

    def draw(size: int, random: Random) -> Sentence:
        drawn = [random.randrange(words) for _ in range(size)]
        own = [word % tags for word in drawn]
        noisy = [(tag + random.randrange(1, tags)) % tags if random.random() < rate else tag for tag in own]
        return [f"w-{letters(word)}" for word in drawn], [f"T-{letters(tag)}" for tag in noisy]

    options = {"rate": rate, "words": words, "tags": tags, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-noise", options=options, lengths=Lengths(_SHORTEST, _LONGEST, band), draw=draw)
    best = ceiling(rate, tags)
    ceilings = Ceilings(any=best, left_to_right=best, window=dict.fromkeys(WINDOWS, best))
    return probe.dataset(probe.splits(tokens, seed), ceilings)
