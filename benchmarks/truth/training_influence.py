"""How much do training sentences move a difference of taggers? python benchmarks/truth/training_influence.py DATA...

Trains taggers on disjoint random parts of the training set, lets all tag the same test set, and compares two variances
of the difference of accuracies of each pair, both for one sentence: by which sentence it is trained on, and by which it
is tested on. On their ratio hangs the variance of a mean over folds or random splits, which no single set of splits
shows (`seqbench.comparing.statistics.corrected_resampled_t`). What two parts differ by on single test sentences, and
what a seed adds there, is no part of it and is taken off.
"""

from __future__ import annotations

import sys
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

import seqbench
from seqbench import Conditions, Dataset
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

MODELS = ("majority", "baseline", "hmm", "perceptron(epochs=3)", "crf")
PARTS = 10


def right_tokens(spec: str, data: Dataset, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Right tokens of each test sentence of a tagger trained on the train sentences with these numbers."""
    part = Dataset.of(data.name, train=data.train.take(numbers), test=data.test)
    tagger = seqbench.make(spec)
    tagger.fit(part.train, Conditions(seed=0))
    tags = tagger.predict(part.test.sentences)
    gold = part.test.tags
    return np.array([sum(a == b for a, b in zip(p, g, strict=True)) for p, g in zip(tags, gold, strict=True)])


def ratio(first: NDArray[np.int64], second: NDArray[np.int64], lengths: NDArray[np.int64], size: int) -> list[float]:
    """Variances by train and by test sentence, and their ratio, from right tokens (parts, sentences)."""
    apart = (first - second).astype(float)
    rest = (apart - np.outer(apart.sum(1) / lengths.sum(), lengths)) / lengths.mean()  # (parts, sentences)
    by_test = float(rest.var(axis=1, ddof=1).mean())
    by_both = float(rest.var(axis=0, ddof=1).mean()) / len(lengths)
    by_train = (float((apart.sum(1) / lengths.sum()).var(ddof=1)) - by_both) * size
    return [by_train, by_test, by_train / by_test]


def main() -> None:
    """Print a row for each pair of models on each dataset."""
    registry = Registry.discover()
    print("| data | sentences a part | pair | by train sentence | by test sentence | ratio |")
    print("|---|---:|---|---:|---:|---:|")
    for source in sys.argv[1:]:
        data = load(source, registry)
        lengths = np.diff(data.test.sentences.offsets)
        order = np.random.default_rng(0).permutation(len(data.train))
        size = len(order) // PARTS
        parts = [order[a:b] for a, b in pairwise(range(0, size * PARTS + 1, size))]
        right = {spec: np.stack([right_tokens(spec, data, np.sort(part)) for part in parts]) for spec in MODELS}
        for a, b in combinations(MODELS, 2):
            train, test, quotient = ratio(right[a], right[b], lengths, size)
            cells = [data.name, f"{size:,}", f"{a}, {b}", f"{train:.3f}", f"{test:.3f}", f"{quotient:.2f}"]
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
