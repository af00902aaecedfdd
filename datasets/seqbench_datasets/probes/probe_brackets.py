"""Brackets of several kinds that close alike: which kind the open one has is on top of a stack."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Annotated

from seqbench import Ceilings, Dataset, Range
from seqbench_datasets.probes._bracket_paths import Paths
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


def sentence(length: int, types: int, depth: int, random: Random) -> Sentence:
    """Balanced brackets, nested so deeply at the deepest; a word that is none ends a sentence of odd length."""
    words, tags, stack = list[str](), list[str](), list[str]()
    for opens in Paths(length - length % 2, depth).drawn(random):
        if opens:
            stack.append(letters(random.randrange(types)))
        kind = stack[-1] if opens else stack.pop()
        words.append(f"{kind}-open" if opens else "close")
        tags.append(kind)
    return words + ["."] * (length % 2), tags + ["-"] * (length % 2)


def probe_brackets(
    *,
    depth: Annotated[int, "brackets that are open at once, at the deepest", Range(1, 16, log=True)] = 4,
    types: Annotated[int, "kinds of brackets, drawn evenly"] = 4,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 4 times `depth` brackets, each such sentence as likely; the tag is the kind of the bracket."""
    at_least(1, depth=depth, types=types, band=band, tokens=tokens)
    options = {"depth": depth, "types": types, "band": band, "tokens": tokens, "seed": seed}
    lengths = Lengths(4 * depth, 4 * depth, band)
    probe = Probe(
        name="probe-brackets",
        options=options,
        lengths=lengths,
        draw=lambda size, random: sentence(size, types, depth, random),
    )
    return probe.dataset(probe.splits(tokens, seed), _ceilings(lengths.test, types, depth))


def _ceilings(lengths: Sequence[int], types: int, depth: int) -> Ceilings:
    """A bracket opens to the left of where it closes, and its kind hangs on nothing else."""
    windows = {size: sum(right(length, types, depth, size) for length in lengths) / sum(lengths) for size in WINDOWS}
    return Ceilings(any=1, left_to_right=1, window=windows)


def right(length: int, types: int, depth: int, window: int) -> float:
    """How many tokens of a sentence the best tagger that sees so many to either side can expect to have right."""
    closing = length // 2
    seen = Paths(length - length % 2, depth).closed_within(window)
    return length - closing + seen + (closing - seen) / types
