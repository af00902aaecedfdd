"""A run on tags that are spans: of the baseline, and of a tagger that changes its mind with the seed."""

from __future__ import annotations

from runs import Things, run_of

from seqbench import Corpus, Dataset
from seqbench.registry.discovery import Registry

TRAIN = [["a", "b", "c"], ["d", "c"], ["e"]]
TRAIN_TAGS = [["B-X", "I-X", "O"], ["B-Y", "O"], ["I-X"]]
TEST = [["a", "b", "c", "d"], ["a", "c", "e", "d"]]
TEST_TAGS = [["B-X", "I-X", "O", "B-X"], ["B-X", "O", "O", "B-Y"]]


class Shifty:
    """Gives no span with seed 0, and with seed 1 a Y for each a."""

    def fit(self, train, conditions):
        self.seed = conditions.seed

    def predict(self, sentences):
        return [["B-Y" if word == "a" and self.seed else "O" for word in words] for words in sentences]


def span_run(folder):
    """The baseline tags a B-X, b I-X, c O, d B-Y, e I-X: spans X, Y | X, X(e), Y; gold is X, X | X, Y."""
    registry = Registry.discover(points=())
    registry.add(Things({"shifty": Shifty}, {}), "samples")
    train, test = Corpus.encode(TRAIN, TRAIN_TAGS), Corpus.encode(TEST, TEST_TAGS)
    data = Dataset.of("chunks", train=train, dev=test, test=test)
    return run_of(folder, registry, "baseline", "shifty", seeds=2, data=data)
