"""Small data and taggers that several tests use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from seqbench import Conditions, Corpus, Dataset, Deterministic, Outcome, Sequences

TRAIN = [["The", "dog", "ate", "the", "apple"], ["Everybody", "read", "that", "book"], ["I", "book", "it"]]
TRAIN_TAGS = [["DET", "NN", "V", "DET", "NN"], ["NN", "V", "DET", "NN"], ["NN", "V", "NN"]]
TEST = [["The", "cat", "ate", "that"], ["book", "it"]]
TEST_TAGS = [["DET", "NN", "V", "NN"], ["V", "NN"]]


def dataset(name: str = "sample") -> Dataset:
    """Three sentences to learn from, two to be tested on: one unknown word, one ambiguous."""
    return Dataset.of(name, train=Corpus.encode(TRAIN, TRAIN_TAGS), test=Corpus.encode(TEST, TEST_TAGS))


def outcome_of(gold, predicted, lengths=None, *, tags=("A", "B", "C"), known=None, repeated=()):
    """What a metric looks at: tag ids by token; all words are known unless `known` says which are."""
    size = len(gold)
    flags = np.ones(size, bool) if known is None else np.array(known, bool)
    return Outcome(
        tags=tags,
        learned=len(tags),
        gold=np.array(gold, np.int32),
        predicted=np.array(predicted, np.int32),
        offsets=np.cumsum([0, *(lengths or [size])]),
        known=flags,
        ambiguous=~flags,
        repeated=np.array(repeated, bool),
    )


class ShareOfFirst:
    """A metric that can be recounted: the share of tokens that are given the first tag, which any tagger can move."""

    def __call__(self, outcome):
        return float(np.mean(outcome.predicted == 0))

    def counts(self, outcome):
        first = np.add.reduceat(outcome.predicted == 0, outcome.offsets[:-1])
        return np.stack([first, np.diff(outcome.offsets)], 1)

    def score(self, sums):
        return sums[..., 0] / sums[..., 1]


@dataclass(kw_only=True)
class Constant(Deterministic):
    """Gives every token the same tag."""

    tag: Annotated[str, "the tag"] = "NN"

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Learn nothing."""

    def predict(self, sentences: Sequences) -> list[list[str]]:
        """The same tag everywhere."""
        return [[self.tag] * len(sentence) for sentence in sentences]


@dataclass(kw_only=True)
class Seeded:
    """Draws tags by the seed, and tells its epochs."""

    epochs: Annotated[int, "epochs to pretend"] = 2
    rate: Annotated[float, "must be positive"] = 1.0

    def __post_init__(self) -> None:
        if self.rate <= 0:
            raise ValueError(f"rate must be positive, was: {self.rate}")

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Report, and keep the seed."""
        import random

        self.random = random.Random(conditions.seed)
        self.tags = list(train.tags.vocabulary)
        for epoch in range(1, self.epochs + 1):
            conditions.report(epoch=epoch, tokens=train.tokens, loss=1 / epoch)

    def predict(self, sentences: Sequences) -> list[list[str]]:
        """Any tag."""
        return [[self.random.choice(self.tags) for _ in sentence] for sentence in sentences]
