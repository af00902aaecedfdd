"""Each token is a bit, and its tag whether the ones up to it are even: one bit of state, never forgotten."""

from __future__ import annotations

from typing import Annotated

from seqbench import Dataset, Range
from seqbench_datasets.probes._ceilings import ceilings_of
from seqbench_datasets.probes._probe_dataset import WINDOWS, Band, Lengths, Probe, Seed, Tokens, at_least
from seqbench_datasets.probes._running_product import answers, sentence, symmetric_group


def probe_parity(
    *,
    length: Annotated[int, "tokens of the longest sentence of train", Range(2, 128, log=True)] = 16,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 1 to `length` bits, drawn evenly: `ab` keeps the tag, `ba` changes it."""
    at_least(1, length=length, band=band, tokens=tokens)
    bits = symmetric_group(2)
    lengths = Lengths(1, length, band)
    options = {"length": length, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-parity", options=options, lengths=lengths, draw=lambda size, by: sentence(bits, size, by))
    ceilings = ceilings_of(lengths.test, lambda _, at, sight: answers(at, sight, len(bits)), WINDOWS)
    return probe.dataset(probe.splits(tokens, seed), ceilings)
