"""What a conditional random field costs over a network: python benchmarks/speed/chains.py DATA [SPEC].

Trains SPEC (lstm unless said) without and with `crf=True` for one epoch each, in turns on one thread, and tags test;
prints medians of CPU seconds and of the ratios of each round.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from typing import cast

import torch

from seqbench import Conditions, Dataset, make
from seqbench.neural import NeuralTagger
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

ROUNDS = 3


def seconds(tagger: NeuralTagger, dataset: Dataset) -> tuple[float, float]:
    """CPU seconds of training and of tagging."""
    start = time.process_time()
    tagger.fit(dataset.train, Conditions())
    middle = time.process_time()
    tagger.predict(dataset.test.sentences)
    return middle - start, time.process_time() - middle


def main() -> None:
    """Measure in this process."""
    torch.set_num_threads(1)
    dataset = load(sys.argv[1], Registry.discover())
    tagger = replace(cast("NeuralTagger", make(sys.argv[2] if len(sys.argv) > 2 else "lstm")), epochs=1)  # noqa: PLR2004
    tagger.warm_up(Conditions())
    rounds = [(seconds(tagger, dataset), seconds(replace(tagger, crf=True), dataset)) for _ in range(ROUNDS)]
    for place, work in enumerate(("training", "tagging")):
        plain, chain = (statistics.median(times[which][place] for times in rounds) for which in (0, 1))
        ratio = statistics.median(with_crf[place] / without[place] for without, with_crf in rounds)
        print(f"{work}: {plain:.2f} s without, {chain:.2f} s with a CRF: {100 * (ratio - 1):+.1f} %")


if __name__ == "__main__":
    main()
