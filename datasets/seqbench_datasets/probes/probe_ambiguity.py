"""Words that two tags have, told apart by the tags around them: how well a tagger weighs what it sees."""

from __future__ import annotations

from typing import Annotated

from seqbench import Ceilings, Dataset, Range, UsageError
from seqbench_datasets.probes._interleaved_chains import Chains
from seqbench_datasets.probes._probe_dataset import WINDOWS, Band, Lengths, Probe, Seed, Tokens, at_least

_SHORTEST, _LONGEST = 10, 20


def probe_ambiguity(
    *,
    order: Annotated[int, "tokens from a token to the next whose tag depends on its tag", Range(1, 8, log=True)] = 1,
    share: Annotated[float, "share of tokens whose word two tags have"] = 0.5,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 10 to 20 tokens from a hidden Markov process of this order.

    The ceilings are those of test as it is drawn: what the best tagger of each sight can expect on its words.
    """
    at_least(1, order=order, band=band, tokens=tokens)
    if not 0 <= share <= 1:
        raise UsageError(f"share must be from 0 to 1, was: {share}")
    chains = Chains(share, order)
    lengths = Lengths(_SHORTEST, _LONGEST, band)
    options = {"order": order, "share": share, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-ambiguity", options=options, lengths=lengths, draw=chains.sentence)
    splits = probe.splits(tokens, seed)
    words, longest = list(splits["test"].sentences), lengths.test[-1]
    ceilings = Ceilings(
        any=chains.expected_accuracy(words, longest, longest),
        left_to_right=chains.expected_accuracy(words, longest, 0),
        window={size: chains.expected_accuracy(words, size, size) for size in WINDOWS},
    )
    return probe.dataset(splits, ceilings)
