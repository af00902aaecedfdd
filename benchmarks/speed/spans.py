"""How much faster spans are counted than by seqeval: CPU seconds on tokens at random, and their ratio.

    python benchmarks/speed/spans.py [--tokens 200000]

Ours starts from tag ids, as seqbench keeps a corpus and its predictions; the last lines start from lists of strings as
seqeval does, encoding included. Each figure is the best of several repetitions, all in one process.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2

from seqbench import Sequences
from seqbench.spans import Reading, micro, scheme

WRONG = 0.1
TYPES = ("PER", "LOC", "ORG", "MISC")
REPEATS = 5


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=int, default=200_000)
    gold, predicted = corpus(parser.parse_args().tokens)
    lists = list(gold), list(Sequences(predicted, gold.offsets, gold.vocabulary))
    print(f"{len(gold.ids):,} tokens, {len(gold):,} sentences, micro F1 over {len(TYPES)} types")
    for policy, options in {"conlleval": {}, "strict": {"mode": "strict", "scheme": IOB2}}.items():
        theirs, expected = measured(lambda o=options: f1_score(*lists, **o), 2)
        for start, act in {
            "from ids": lambda p=policy: ours(gold, predicted, p),
            "from strings": lambda p=policy: encoded(*lists, p),
        }.items():
            seconds, found = measured(act, REPEATS)
            if not math.isclose(found, expected):
                raise ValueError(f"a ratio of different things is none: {found} and {expected}")
            print(f"{policy:9}  {start:12}  seqeval {theirs:.3f} s  seqbench {seconds:.4f} s  {theirs / seconds:.0f}x")


def corpus(tokens: int) -> tuple[Sequences, Any]:
    """Sentences of 1 to 40 tokens, two in three of them outside spans, and a prediction with some tags at random."""
    drawn = np.random.default_rng(0)
    tags = ["O", *(f"{prefix}-{kind}" for kind in TYPES for prefix in "BI")]
    chances = np.array([2 / 3, *[1 / 3 / (len(tags) - 1)] * (len(tags) - 1)])
    ids = drawn.choice(len(tags), tokens, p=chances).astype(np.int32)
    ends = np.cumsum(drawn.integers(1, 41, tokens))
    offsets = np.concatenate([[0], ends[ends < tokens], [tokens]])
    predicted = np.where(drawn.random(tokens) < WRONG, drawn.permutation(ids), ids).astype(np.int32)
    return Sequences(ids, offsets, np.array(tags, object)), predicted


def ours(gold: Sequences, predicted: Any, policy: str) -> float:
    """F1 from ids."""
    pair = Reading(list(gold.vocabulary), scheme("IOB2"), policy).pair(gold.ids, predicted, gold.offsets)
    return float(micro(pair.by_type())[2])


def encoded(gold: list[list[str]], predicted: list[list[str]], policy: str) -> float:
    """F1 from lists of strings."""
    first = Sequences.encode(gold)
    second = Sequences.encode(predicted).extend(first)
    whole = Sequences(first.ids, first.offsets, second.vocabulary)
    return ours(whole, second.ids, policy)


def measured(act: Callable[[], float], repeats: int) -> tuple[float, float]:
    """The least CPU seconds of several times, and what came out."""
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        found = act()
        seconds.append(time.process_time() - start)
    return min(seconds), found


if __name__ == "__main__":
    main()
