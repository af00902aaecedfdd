"""Ceilings of probes, held against the majority of each view on sentences drawn at random.

    python benchmarks/truth/probe_ceilings.py [TOKENS]

For each small probe and each sight: the ceiling that was computed, the accuracy of the best answer to each view, where
the answers are those of one half of the sentences and the accuracy that on the other half, and the difference in
standard errors. Prints a table in Markdown.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping

from seqbench import Dataset, Sequences
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

PROBES = (
    "probe-echo?delay=2&symbols=2",
    "probe-lookahead?k=2&symbols=2",
    "probe-recall?pairs=2&gap=1&keys=3&values=2",
    "probe-parity?length=6",
    "probe-permutation?length=4",
    "probe-first-word?length=6&symbols=2",
    "probe-agree?distance=3",
    "probe-selective-copy?items=2&gaps=1&symbols=2",
    "probe-count?mod=3&length=6",
    "probe-brackets?depth=2&types=2",
)
EVERYTHING = 1000
View = tuple[int, tuple[str, ...]]


def main() -> None:
    """Print the table."""
    tokens = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    registry = Registry.discover()
    print("| probe | sight | ceiling | drawn | standard errors apart |\n|---|---|---|---|---|")
    for probe in PROBES:
        dataset = load(f"{probe}&tokens={tokens}", registry)
        for name, ceiling in _ceilings(dataset).items():
            accuracy, error = _drawn(dataset, *_reach(name))
            apart = abs(accuracy - ceiling) / error if error else 0.0
            print(f"| {probe} | {name} | {100 * ceiling:.3f} | {100 * accuracy:.3f} | {apart:.1f} |")


def _ceilings(dataset: Dataset) -> Mapping[str, float]:
    return dataset.ceilings.named() if dataset.ceilings else {}


def _reach(name: str) -> tuple[int, int]:
    """Tokens to the left and right that a sight of this name has."""
    if name.startswith("window"):
        return (int(name.split()[1]),) * 2
    return EVERYTHING, 0 if name == "left to right" else EVERYTHING


def _drawn(dataset: Dataset, left: int, right: int) -> tuple[float, float]:
    """The accuracy of the best answers of one half on the other half of train, and its standard error."""
    tags_of: defaultdict[View, Counter[str]] = defaultdict(Counter)
    half = len(dataset.train) // 2
    for view, tag in _views(dataset.train.sentences[:half], dataset.train.tags[:half], left, right):
        tags_of[view][tag] += 1
    best = {view: tags.most_common(1)[0][0] for view, tags in tags_of.items()}
    right_ones = [best.get(view) == tag for view, tag in
                  _views(dataset.train.sentences[half:], dataset.train.tags[half:], left, right)]  # fmt: skip
    accuracy = sum(right_ones) / len(right_ones)
    return accuracy, (accuracy * (1 - accuracy) / len(right_ones)) ** 0.5


def _views(sentences: Sequences, tags: Sequences, left: int, right: int) -> list[tuple[View, str]]:
    pairs = []
    for words, own in zip(sentences, tags, strict=True):
        bounded = ["<", *words, ">"]
        for position, tag in enumerate(own):
            first = max(0, position + 1 - left)
            pairs.append(((position + 1 - first, tuple(bounded[first : position + 2 + right])), tag))
    return pairs


if __name__ == "__main__":
    main()
