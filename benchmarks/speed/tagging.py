"""Tokens that taggers tag in a CPU second on one thread: python benchmarks/speed/tagging.py DATA [SPEC...].

Each is trained on all of train (one epoch where it has epochs, which changes no speed), then tags test several times:
looking words up is included. Prints the median and the fastest time. Unless said: the recurrent networks.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from typing import Any

import torch

from seqbench import Conditions, Tagger, make
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

TIMES = 7
SPECS = ["rnn", "gru", "lstm", "lstm-crf", 'lstm(preset="fast")', 'lstm(preset="strong")']


def in_one_epoch(tagger: Any) -> Tagger:
    """The same tagger, trained for as short as can be."""
    changed: Tagger = replace(tagger, epochs=1) if hasattr(tagger, "epochs") else tagger
    return changed


def main() -> None:
    """Measure in this process."""
    torch.set_num_threads(1)
    dataset = load(sys.argv[1], Registry.discover())
    sentences = dataset.test.sentences
    for spec in sys.argv[2:] or SPECS:
        tagger = in_one_epoch(make(spec))
        tagger.fit(dataset.train, Conditions())
        rates = []
        for _ in range(TIMES):
            start = time.process_time()
            tagger.predict(sentences)
            rates.append(len(sentences.ids) / (time.process_time() - start))
        print(f"{spec}: {statistics.median(rates):,.0f} tokens per CPU second, {max(rates):,.0f} at best", flush=True)


if __name__ == "__main__":
    main()
