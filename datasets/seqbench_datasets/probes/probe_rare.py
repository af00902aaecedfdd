"""Each word has a tag of its own that nothing else tells: what is learned of words that are seen once or never."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from random import Random
from typing import Annotated

from seqbench import Ceilings, Corpus, Dataset, Range, UsageError
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


def probe_rare(  # noqa: PLR0913 -- the options of a dataset, each named where it is passed
    *,
    words: Annotated[int, "different words", Range(64, 16_384, log=True)] = 1024,
    zipf: Annotated[float, "how fast frequencies fall: the n-th word's goes with n to the power of -zipf"] = 1.0,
    tags: Annotated[int, "different tags, drawn evenly for each word"] = 4,
    band: Band = 1,
    tokens: Tokens = 20_000,
    seed: Seed = 0,
) -> Dataset:
    """Sentences of 5 to 15 words by Zipf's law.

    The ceilings are those of test as it is drawn: the tag of a word of train is known, that of another is any tag.
    """
    at_least(1, words=words, tags=tags, band=band, tokens=tokens)
    if zipf < 0:
        raise UsageError(f"zipf must be 0 or more, was: {zipf}")
    sums = list(accumulate((number + 1) ** -zipf for number in range(words)))
    by = Random(seed)  # noqa: S311 -- nothing secret, and the same on every machine
    tag_of = [f"T-{letters(by.randrange(tags))}" for _ in range(words)]

    def draw(size: int, random: Random) -> Sentence:
        drawn = [min(bisect_right(sums, random.random() * sums[-1]), words - 1) for _ in range(size)]
        return [f"w-{letters(word)}" for word in drawn], [tag_of[word] for word in drawn]

    options = {"words": words, "zipf": zipf, "tags": tags, "band": band, "tokens": tokens, "seed": seed}
    probe = Probe(name="probe-rare", options=options, lengths=Lengths(_SHORTEST, _LONGEST, band), draw=draw)
    splits = probe.splits(tokens, seed)
    best = expected_accuracy(splits["train"], splits["test"], tags)
    return probe.dataset(splits, Ceilings(any=best, left_to_right=best, window=dict.fromkeys(WINDOWS, best)))


def expected_accuracy(train: Corpus, test: Corpus, tags: int) -> float:
    """The accuracy on test that the best tagger can expect, where words of train are known and others are guessed."""
    known = set(train.sentences.vocabulary)
    tokens = [word for sentence in test.sentences for word in sentence]
    return sum(1 if word in known else 1 / tags for word in tokens) / len(tokens)
