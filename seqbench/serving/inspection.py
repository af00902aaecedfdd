"""A look inside a tagger: the distribution of tags of each word, before and after training, and what lies behind it."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.inspected import Salient, States, StepLosses, Untrained
from seqbench.contracts.tagger import Conditions, Probabilistic, Stepwise, Tagger
from seqbench.data.corpus import Sequences
from seqbench.data.dataset import Dataset
from seqbench.data.vocabularies import Vocabularies
from seqbench.errors import UsageError
from seqbench.serving.encoding import Encoder
from seqbench.serving.kept_model import KeptModel, Sentences, load

Table = NDArray[np.float32]
EQUAL = 1e-5


@dataclass(frozen=True, eq=False)
class Inspected:
    """A fitted tagger with the tags that it knows; each answer is for one sentence.

    `losses` are those of each step, usually a sentence, by epoch, of a tagger that was trained to be looked at.
    """

    label: str
    tagger: Tagger
    encoder: Encoder
    losses: Mapping[int, Sequence[float]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<inspected {self.label}: {', '.join(self.tags)}>"

    @classmethod
    def of_kept(cls, model: KeptModel) -> Inspected:
        """A kept model, to be looked into."""
        return cls(model.record.label, model.tagger, model.encoder)

    @classmethod
    def trained(cls, label: str, tagger: Tagger, dataset: Dataset, seed: int) -> Inspected:
        """A new tagger, trained on a dataset as a run does."""
        losses: dict[int, list[float]] = defaultdict(list)
        if isinstance(tagger, StepLosses):
            tagger.on_step = lambda epoch, loss: losses[epoch].append(loss)
        random.seed(seed)  # as a run does, for taggers that draw from it
        tagger.fit(dataset.train, Conditions(seed=seed, dev=dataset.dev))
        return cls(label, tagger, Encoder(Vocabularies.of(dataset.train)), losses)

    @property
    def tags(self) -> list[str]:
        """The tags, in the order of the columns of a distribution."""
        return list(self.encoder.vocabularies.tags)

    def predicted(self, words: Sequence[str]) -> list[str]:
        """The tags of a sentence."""
        return list(next(iter(self.tagger.predict(self._encoded(words)))))

    def probabilities(self, words: Sequence[str]) -> Table:
        """How probable each tag of each word is: (words, tags). Raises `UsageError` if the tagger does not know."""
        if not isinstance(self.tagger, Probabilistic):
            raise UsageError(f"{self.label} has no probabilities, only tags")
        return np.asarray(self.tagger.predict_proba(self._encoded(words)), np.float32)

    def log_probabilities(self, words: Sequence[str]) -> Table:
        """The logarithms of the probabilities, as a log-softmax gives them: (words, tags)."""
        return np.log(np.maximum(self.probabilities(words), np.finfo(np.float32).tiny))

    def by_steps(self, words: Sequence[str]) -> Table:
        """The probabilities when the words arrive one by one. Raises `UsageError` if the tagger looks ahead."""
        if not isinstance(self.tagger, Stepwise):
            raise UsageError(f"{self.label} cannot tag word by word: it has no start and step")
        rows, state = [], self.tagger.start()
        for word in words:
            row, state = self.tagger.step(state, word)
            rows.append(row)
        return np.asarray(rows, np.float32).reshape(len(words), len(self.tags))

    def states(self, words: Sequence[str]) -> Table:
        """The hidden state of each word: (words, width). Raises `UsageError` if the tagger has none."""
        return states(self.tagger, self._encoded(words), self.label)

    def saliency(self, words: Sequence[str]) -> Table:
        """How much each decision leans on each word: (words, words). Raises `UsageError` if it is not known."""
        if not isinstance(self.tagger, Salient):
            raise UsageError(f"{self.label} cannot tell on which words it leans (see seqbench.Salient)")
        return self.tagger.saliency(self._encoded(words))

    def untrained(self) -> Inspected:
        """The tagger as it was before training. Raises `UsageError` if it cannot tell."""
        if not isinstance(self.tagger, Untrained):
            raise UsageError(f"{self.label} cannot show what it was before training (see seqbench.Untrained)")
        return Inspected(f"{self.label}, untrained", self.tagger.untrained(), self.encoder)

    def word_indices(self) -> dict[str, int]:
        """The number of each word of the training set."""
        return {word: number for number, word in enumerate(self.encoder.vocabularies.words)}

    def _encoded(self, words: Sequence[str]) -> Sequences:
        return self.encoder.encode([list(words)])


def states(tagger: Tagger | KeptModel | str | Path, sentences: Sentences, label: str = "this tagger") -> Table:
    """Hidden states (tokens, width) of sentences, by a fitted tagger, a kept model or the folder of one.

    Raises `UsageError` if it has none, `StoreError` if a folder is no model.
    """
    tagger = load(tagger) if isinstance(tagger, str | Path) else tagger
    if isinstance(tagger, KeptModel):
        return states(tagger.tagger, tagger.encoder.encode(sentences), tagger.record.label)
    if not isinstance(tagger, States):
        raise UsageError(f"{label} has no hidden states (see seqbench.States)")
    encoded = sentences if isinstance(sentences, Sequences) else Sequences.encode(sentences)
    return np.asarray(tagger.states(encoded), np.float32)


def chance_loss(tags: int) -> float:
    """The mean loss of a tagger that holds all tags for equally probable: the logarithm of their number."""
    return math.log(tags)
