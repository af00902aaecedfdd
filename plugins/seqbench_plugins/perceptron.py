"""A structured averaged perceptron: weights that are corrected wherever the best sequence of tags is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from seqbench import Conditions, Corpus, Sequences
from seqbench_plugins._features import Features
from seqbench_plugins._frequent import FrequentWords
from seqbench_plugins._linear import Linear, Tokens
from seqbench_plugins._progress import Progress
from seqbench_plugins._ragged import Ints
from seqbench_plugins._viterbi import equal_lengths, viterbi


@dataclass(kw_only=True)
class Perceptron:
    """Collins (2002) over words, affixes, shapes and neighbours, corrected after each small batch.

    The right sequence must win by a margin: while training, each wrong tag scores `cost` more than it has earned (after
    Taskar et al. 2003). The weights are the average over all batches. The seed decides the order of the sentences.
    Input layers beside the words are features.
    """

    epochs: Annotated[int, "passes over train"] = 8
    batch_size: Annotated[int, "sentences of equal length that are corrected together"] = 4
    cost: Annotated[float, "margin that each wrong tag adds; 0: the plain perceptron"] = 1.0
    least: Annotated[int, "features of fewer tokens of train are not used"] = 1
    words: Annotated[int, "frequent words that have transitions of their own"] = 200

    def __post_init__(self) -> None:
        """Check what would fail later."""
        for name in ("epochs", "batch_size", "least"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, was: {getattr(self, name)}")

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Correct the weights, batch after batch."""
        self._tags = train.tags.vocabulary
        self._features, features = Features.learn(train, self.least)
        self._frequent = FrequentWords.learn(train.sentences, self.words)
        tokens = Tokens(features, self._frequent.kinds(train.sentences), train.sentences.offsets)
        learner = _Learner.of(self._features.count, self._frequent.kinds_of_moves, len(self._tags), self.cost)
        progress = Progress(conditions, self.predict)
        draw = np.random.default_rng(conditions.seed)
        gold = train.tags.ids.astype(np.int64)
        for epoch in range(1, self.epochs + 1):
            wrong = sum(learner.correct(tokens, group, gold) for group in self._batches(tokens, draw))
            self._model = learner.average()
            if progress.report(epoch=epoch, tokens=train.tokens, loss=wrong / max(1, train.tokens)):
                break

    def predict(self, sentences: Sequences) -> Sequences:
        """The best sequence of each sentence."""
        tokens = Tokens(self._features.of(sentences), self._frequent.kinds(sentences), sentences.offsets)
        return Sequences(self._model.best(tokens), sentences.offsets, self._tags)

    @property
    def parameters(self) -> int:
        """Weights that are not 0."""
        return int(np.count_nonzero(self._model.states) + np.count_nonzero(self._model.moves))

    def _batches(self, tokens: Tokens, draw: np.random.Generator) -> Iterator[Ints]:
        """Where the tokens of each batch are, in an order of its own for each epoch: (batch, time)."""
        order = draw.permutation(len(tokens.offsets) - 1)
        batches = list(equal_lengths(np.diff(tokens.offsets)[order], most=self.batch_size))
        for number in draw.permutation(len(batches)):
            yield tokens.groups(order[batches[number]])


class _Averaged:
    """Weights, and their average over all steps so far without a pass over them at each step.

    With the sum of (amount * step) in `late`, the average after n steps is now - late / n (Daumé 2006).
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.now = np.zeros(shape, np.float32)
        self.late = np.zeros(shape, np.float32)

    def add(self, places: Ints, amount: float, step: int) -> None:
        """Add the same amount at each of these places of the flat weights, also where one comes twice."""
        np.add.at(self.now.reshape(-1), places, np.float32(amount))
        np.add.at(self.late.reshape(-1), places, np.float32(amount * step))

    def average(self, steps: int) -> NDArray[np.float32]:
        """The mean of the weights after each step."""
        return np.asarray(self.now - self.late / np.float32(steps))


@dataclass(eq=False)
class _Learner:
    """The weights while they are learned."""

    states: _Averaged
    moves: _Averaged
    cost: float
    steps: int = 1

    @classmethod
    def of(cls, features: int, kinds: int, tags: int, cost: float) -> _Learner:
        return cls(_Averaged((features, tags)), _Averaged((kinds, tags, tags)), cost)

    def correct(self, tokens: Tokens, group: Ints, gold: Ints) -> int:
        """Tag a batch (batch, time) of tokens and correct the weights; how many tags were wrong."""
        model = Linear(self.states.now, self.moves.now)
        features, kinds, right = tokens.features[group], tokens.kinds[group], gold[group]
        scores = model.emissions(features) + np.float32(self.cost)
        scores[(*np.indices(right.shape, sparse=True), right)] -= np.float32(self.cost)
        found = viterbi(scores, model.transitions(kinds))
        wrong = found != right
        if wrong.any():
            moved = wrong[:, 1:] | wrong[:, :-1]
            for tags, amount in ((right, 1.0), (found, -1.0)):
                self._add_states(features[wrong], tags[wrong], amount)
                self._add_moves(kinds[:, 1:][moved], tags[:, :-1][moved], tags[:, 1:][moved], amount)
        self.steps += 1
        return int(np.count_nonzero(wrong))

    def average(self) -> Linear:
        return Linear(self.states.average(self.steps), self.moves.average(self.steps))

    def _add_states(self, features: NDArray[np.int32], tags: Ints, amount: float) -> None:
        places = features * np.int64(self.states.now.shape[1]) + tags[:, None]
        self.states.add(places.reshape(-1), amount, self.steps)

    def _add_moves(self, kinds: Ints, before: Ints, tags: Ints, amount: float) -> None:
        size = self.moves.now.shape[1]
        places = kinds * size**2 + (before * size + tags)[:, None]
        self.moves.add(places.reshape(-1), amount, self.steps)
