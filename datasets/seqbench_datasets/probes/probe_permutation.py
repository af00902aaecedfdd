"""Each token is a permutation, and its tag the product of all up to it: a state whose order of steps matters."""

from __future__ import annotations

from typing import Annotated, Literal

from seqbench import Dataset, Range
from seqbench_datasets.probes._ceilings import ceilings_of
from seqbench_datasets.probes._probe_dataset import WINDOWS, Band, Lengths, Probe, Seed, Tokens, at_least
from seqbench_datasets.probes._running_product import answers, sentence, symmetric_group

_SIZES = {"S3": 3, "S5": 5}


def probe_permutation(
    *,
    length: Annotated[int, "tokens of the longest sentence of train", Range(2, 128, log=True)] = 16,
    group: Annotated[Literal["S3", "S5"], "permutations of three things, or of five"] = "S3",
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 1 to `length` permutations, drawn evenly. S3 does not commute, and S5 is not even solvable."""
    at_least(1, length=length, band=band, tokens=tokens)
    elements = symmetric_group(_SIZES[group])
    lengths = Lengths(1, length, band)
    options = {"length": length, "group": group, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(
        name="probe-permutation", options=options, lengths=lengths, draw=lambda size, by: sentence(elements, size, by)
    )
    ceilings = ceilings_of(lengths.test, lambda _, at, sight: answers(at, sight, len(elements)), WINDOWS)
    return probe.dataset(probe.splits(tokens, seed), ceilings)
