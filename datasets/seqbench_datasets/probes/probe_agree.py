"""Verbs agree with the first noun of their sentence, whatever nouns stand between: agreement at a distance."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Annotated

from seqbench import Ceilings, Dataset, Range
from seqbench_datasets.probes._probe_dataset import WINDOWS, Band, Lengths, Probe, Seed, Sentence, Tokens, at_least

NUMBERS = "singular", "plural"


def sentence(length: int, distractors: int, random: Random) -> Sentence:
    """A noun, other words among which `distractors` are nouns, and verbs: as many as what stands before them."""
    between = length - 1 - length // 2
    nouns = set(random.sample(range(between), min(distractors, between)))
    first = random.choice(NUMBERS)
    middle = [random.choice(NUMBERS) if position in nouns else "other" for position in range(between)]
    verbs = length // 2
    return [first, *middle, *["verb"] * verbs], ["-"] * (1 + between) + [first] * verbs


def probe_agree(
    *,
    distance: Annotated[int, "words between the noun and the first verb", Range(1, 64, log=True)] = 4,
    distractors: Annotated[int, "nouns among these words, as far as there is room"] = 1,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of a noun, `distance` words and `distance` + 1 verbs, whose tag is the number of the noun."""
    at_least(1, distance=distance, band=band, tokens=tokens)
    at_least(0, distractors=distractors)
    length = 2 * distance + 2
    lengths = Lengths(length, length, band)
    options = {"distance": distance, "distractors": distractors, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(
        name="probe-agree",
        options=options,
        lengths=lengths,
        draw=lambda size, random: sentence(size, distractors, random),
    )
    return probe.dataset(probe.splits(tokens, seed), _ceilings(lengths.test))


def _ceilings(lengths: Sequence[int]) -> Ceilings:
    """The noun stands to the left of the verbs: nothing to the right of a token tells anything about its tag."""
    windows = {size: sum(right(length, size) for length in lengths) / sum(lengths) for size in WINDOWS}
    return Ceilings(any=1, left_to_right=1, window=windows)


def right(length: int, window: int) -> float:
    """How many tokens of a sentence the best tagger that sees so many to either side can expect to have right.

    Nouns before a verb tell nothing about its tag unless the first one is seen to be the first.
    """
    verbs = range(length - length // 2, length)
    return length - len(verbs) + sum(1 if window >= position else 1 / len(NUMBERS) for position in verbs)
