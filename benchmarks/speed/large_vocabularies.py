"""Training speed with optimizer="adam" and "adam-rows" where embeddings have more rows than train needs.

    python benchmarks/speed/large_vocabularies.py TREEBANK [TIMES ...]

Tables of words, cased forms and affixes are made TIMES as long (1 and 7, unless said), as they would be for a larger
corpus; batches are those of the treebank. Both optimizers take the same batches in turns, 20 at a time; tokens per CPU
second, and the median of the ratios. One thread.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, cast

import torch
from torch import Tensor, nn

from seqbench import Conditions, Corpus, make
from seqbench.neural import Batch, Schedule, Shape, Trainer, cross_entropy, optimizer_of
from seqbench.neural.tagger import NeuralTagger
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

SPEC, PARTS, BATCHES = 'lstm(preset="fast")', 6, 20
Example = tuple[Batch, Tensor]


@dataclass
class Contender:
    """A network under its trainer, and the tokens a CPU second of each part."""

    trainer: Trainer
    rates: list[float]


def longer(shape: Shape, times: int) -> Shape:
    """Sizes whose tables have so many times the rows."""
    affixes = tuple(size * times for size in shape.affixes)
    return replace(shape, words=shape.words * times, cased=shape.cased * times, affixes=affixes)


def contender(tagger: NeuralTagger, shape: Shape, kind: Any) -> Contender:
    """A new network of this shape under one optimizer."""
    torch.manual_seed(0)
    network: nn.Module = tagger.build(shape).train()
    rate, clip = tagger.learning_rate, tagger.clip
    schedule = Schedule(epochs=1, batches=PARTS * BATCHES, learning_rate=rate)
    optimizer = optimizer_of(network, kind, rate)
    return Contender(
        Trainer(network=network, loss=cross_entropy, optimizer=optimizer, schedule=schedule, clip=clip), []
    )


def examples(tagger: NeuralTagger, train: Corpus) -> list[Example]:
    """Batches of the treebank with their tags."""
    fitted = tagger._untrained(train, Conditions())  # noqa: SLF001 -- the batches that fit would take
    return list(islice(tagger._batches(fitted, train, train.tags.ids, 0)(), PARTS * BATCHES))  # noqa: SLF001


def main() -> None:
    """Print a line for each length."""
    torch.set_num_threads(1)
    train = load(sys.argv[1], Registry.discover()).train
    tagger = cast("NeuralTagger", make(SPEC))
    batches = examples(tagger, train)
    for times in map(int, sys.argv[2:] or ["1", "7"]):
        shape = longer(Shape.of(train), times)
        contenders = {kind: contender(tagger, shape, kind) for kind in ("adam", "adam-rows")}
        for part in range(PARTS):
            chosen = batches[part * BATCHES : (part + 1) * BATCHES]
            for trained in contenders.values():
                start = time.process_time()
                for batch, tags in chosen:
                    trained.trainer._step(1, batch, tags)  # noqa: SLF001 -- an epoch has more than these
                trained.rates.append(sum(int(b.lengths.sum()) for b, _ in chosen) / (time.process_time() - start))
        before, now = (each.rates for each in contenders.values())
        weights = sum(p.numel() for p in contenders["adam"].trainer.network.parameters())
        ratio = statistics.median(b / a for a, b in zip(before, now, strict=True))
        print(f"{weights:,} weights: adam {statistics.median(before):,.0f}, adam-rows {statistics.median(now):,.0f} "
              f"tokens per CPU second, {ratio:.2f} times", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
