"""What the layer of plugins costs: NLTK's perceptron through seqbench and driven by hand, in CPU seconds.

    PYTHONPATH=plugins/peers/nltk python benchmarks/speed/peers.py DATA [--sentences 3000] [--times 5]

DATA is what `--data` takes. Both learn from the same sentences and tag the same test set, in turns; the ratio is that
of the medians. Tags must be equal, or the program ends with an error.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from nltk.tag import PerceptronTagger
from seqbench_nltk.taggers import Perceptron

import seqbench
from seqbench import Dataset
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    whole = load(asked.data, Registry.discover())
    dataset = Dataset.of("part", train=whole.train.part(0, asked.sentences), test=whole.test)
    hand, layer = [], []
    for _ in range(asked.times):
        seconds, right = by_hand(dataset)
        hand.append(seconds)
        seconds, accuracy = through_seqbench(dataset)
        layer.append(seconds)
        if accuracy != right:
            raise SystemExit(f"accuracy by hand {right}, through the plugin {accuracy}")
    ratios = sorted(b / a for a, b in zip(hand, layer, strict=True))
    print(f"accuracy {right:.4f}, by hand and through the plugin")
    print(f"by hand {statistics.median(hand):.2f} s, through the plugin {statistics.median(layer):.2f} s")
    print(f"ratio of each pair: median {statistics.median(ratios):.3f}, {ratios[0]:.3f} to {ratios[-1]:.3f}")


def by_hand(dataset: Dataset) -> tuple[float, float]:
    """CPU seconds of learning and tagging, as a program without seqbench would, and the accuracy."""
    train, test = dataset.train, dataset.test
    pairs = [list(zip(words, tags, strict=True)) for words, tags in zip(train.sentences, train.tags, strict=True)]
    sentences = [list(words) for words in test.sentences]
    random.seed(0)
    start = time.process_time()
    tagger = PerceptronTagger(load=False)
    tagger.train(pairs)
    answers = [tagger.tag(words) for words in sentences]
    seconds = time.process_time() - start
    gold = test.tags.vocabulary[test.tags.ids].tolist()
    right = sum(tag == true for tag, true in zip((t for a in answers for _, t in a), gold, strict=True))
    return seconds, right / len(gold)


def through_seqbench(dataset: Dataset) -> tuple[float, float]:
    """The same as a trial tells it, conversions included."""
    with tempfile.TemporaryDirectory() as place:
        [row] = seqbench.run(models={"nltk": Perceptron}, data=dataset, out=Path(place) / "run").results.rows
    costs = row.costs
    return float(costs["fit_seconds"] or 0) + float(costs["predict_seconds"] or 0), float(row.scores["accuracy"].mean)


if __name__ == "__main__":
    main()
