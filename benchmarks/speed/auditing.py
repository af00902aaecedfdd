"""CPU seconds of the audit of a dataset: python benchmarks/speed/auditing.py [DATA ...].

Loads each dataset, audits it three times, and says what is quickest, beside the seconds of loading. Without DATA it
makes one of a million tokens of train and 100,000 of dev and test each, words drawn by Zipf's law: 200,000 forms in
small and capital letters, with numbers, punctuation and letters beyond ASCII.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from seqbench import Corpus, Dataset
from seqbench.data.audit import findings
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

TRAIN, TEST, WORDS, LONGEST, TIMES = 1_000_000, 100_000, 200_000, 40, 3
_KINDS = ("word{}x", "Word{}X", "abc{}", "{}.5", "na\u00efve{}", "u.s.{}", "well-{}", "letters")


def made() -> Dataset:
    """A dataset of that size; one sentence of test in ten is one of train."""
    random = np.random.default_rng(0)
    letters = np.array(list("abcdefghij"))
    forms = [
        _KINDS[number % len(_KINDS)].format("".join(letters[[int(digit) for digit in str(number)]]))
        for number in range(WORDS)
    ]
    train, dev, test = (_sentences(random, forms, tokens) for tokens in (TRAIN, TEST, TEST))
    test[::10] = train[: len(test[::10])]
    tagged = [
        Corpus.encode(sentences, [[f"T{len(word) % 17}" for word in sentence] for sentence in sentences])
        for sentences in (train, dev, test)
    ]
    return Dataset.of("made", train=tagged[0], dev=tagged[1], test=tagged[2])


def _sentences(random: np.random.Generator, forms: list[str], tokens: int) -> list[list[str]]:
    lengths = random.integers(1, LONGEST, 2 * tokens // LONGEST)
    words = [forms[number] for number in (random.zipf(1.1, lengths.sum()) % WORDS).tolist()]
    ends = np.cumsum(lengths).tolist()
    return [words[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def main() -> None:
    """Print what each audit costs."""
    registry = Registry.discover()
    for name in sys.argv[1:] or ["made"]:
        began = time.process_time()
        dataset = load(name, registry) if sys.argv[1:] else made()
        loaded, seconds = time.process_time() - began, []
        for _ in range(TIMES):
            began = time.process_time()
            told = len(list(findings(dataset)))
            seconds.append(time.process_time() - began)
        print(f"{name}: {dataset.train.tokens:,} tokens of train, {told} findings: {min(seconds):.3f} CPU seconds")
        print(f"loading: {loaded:.2f} CPU seconds")


if __name__ == "__main__":
    main()
