"""A structured averaged perceptron: weights that are corrected wherever the best sequence of tags is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    Ids,
    Range,
    Sequences,
    Vocabularies,
    accepts_lists,
    learned,
    read_learned,
    write_learned,
)
from seqbench_plugins._shared.frequent_words import FrequentWords
from seqbench_plugins._shared.ragged_arrays import Ints
from seqbench_plugins._shared.training_memory import Training
from seqbench_plugins.linear._candidates import CANDIDATES, MANY, best_among_candidates
from seqbench_plugins.linear._features import Features
from seqbench_plugins.linear._linear import Linear, Tokens
from seqbench_plugins.linear._progress import Progress
from seqbench_plugins.linear._training_parts import TrainingParts
from seqbench_plugins.linear._viterbi import Weights, equal_lengths


@dataclass(frozen=True, eq=False)
class Fitted:
    """The features and frequent words of train, and their weights."""

    vocabularies: Vocabularies
    features: Features
    frequent: FrequentWords
    model: Linear

    def __post_init__(self) -> None:
        words, layers = self.vocabularies.words, self.vocabularies.layers
        self.features.check(len(words), {name: len(values) for name, values in layers.items()})
        self.frequent.check(len(words))
        self.model.check(self.features.count, self.frequent.kinds_of_moves, len(self.vocabularies.tags))

    def tag(self, sentences: Sequences) -> Ids:
        """The tag ids of the best sequences: (tokens,). Raises `DataError` if an input layer of train is missing."""
        self.vocabularies.refuse_missing_layers(sentences)
        kinds = self.frequent.kinds(sentences)
        tokens = Tokens(self.features.of(sentences), kinds, sentences.offsets)
        return self.model.best(tokens, lambda scores, kinds: best_path(self.model, scores, kinds))


def best_path(model: Linear, scores: Weights, kinds: Ints, right: Ints | None = None) -> Ints:
    """The best tags (batch, time): among all tags, or where these are many, among the candidates of each token."""
    if scores.shape[2] < MANY:
        return model.best_path(scores, kinds)
    return best_among_candidates(scores, model.moves, kinds, right)


_BATCH = 6  # moves of sentences that are looked at together
_TAGS_A_SECOND = 5e6
"""Scores of tags of tokens that are learned from in a second, where tags are many."""
_TABLES = 1 << 25
"""Weights of transitions, which are held four times while they are learned: 512 MB."""


@dataclass(kw_only=True)
class Perceptron:
    """Collins (2002) over words, affixes, shapes and neighbours, corrected after each small batch.

    The right sequence must win by a margin: while training, each wrong tag scores `cost` more than it has earned (after
    Taskar et al. 2003). The weights are the average over all batches, in which later ones count more. The seed decides
    the order of the sentences. Input layers beside the words are features. With 128 tags or more, the best sequence is
    sought among 32 candidates of each token: its tags of highest score before transitions count. With five million
    tokens or more, combinations of words are hashed, and features are made for a part of train at a time.
    """

    epochs: Annotated[int, "passes over train", Range(3, 20)] = 8
    batch_size: Annotated[int, "sentences of equal length that are corrected together"] = 6
    cost: Annotated[float, "margin that each wrong tag adds; 0: the plain perceptron", Range(0.0, 3.0)] = 1.0
    least: Annotated[int, "features of fewer tokens of train are not used", Range(1, 5)] = 1
    words: Annotated[int, "frequent words that have transitions of their own"] = 200
    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check what would fail later."""
        for name in ("epochs", "batch_size", "least"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, was: {getattr(self, name)}")

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Correct the weights, batch after batch."""
        frequent = FrequentWords.learn(train.sentences, self._own_moves(train))
        parts = TrainingParts.of(train, frequent, self.least)
        features, tags = parts.features, len(train.tags.vocabulary)
        size = 16 * (features.count + (frequent.kinds_of_moves + _BATCH) * tags) * tags
        seconds = self.epochs * train.tokens * tags / _TAGS_A_SECOND if tags >= MANY else 0.0
        Training(tagger="perceptron", tags=tags, size=size, seconds=seconds, budget=conditions.budget).check()
        learner = _Learner.of(features.count, frequent.kinds_of_moves, tags, self.cost)
        progress, draw = Progress(conditions), np.random.default_rng(conditions.seed)

        def fitted() -> Fitted:
            return Fitted(Vocabularies.of(train), features, frequent, learner.average())

        for epoch in range(1, self.epochs + 1):
            wrong = sum(
                learner.correct(tokens, group, gold)
                for tokens, gold in parts.drawn(draw)
                for group in self._batches(tokens, draw)
            )
            loss = wrong / max(1, train.tokens)
            if progress.report(lambda dev: fitted().tag(dev), epoch=epoch, tokens=train.tokens, loss=loss):
                break
        self._fitted = fitted()

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The best sequence of each sentence."""
        fitted = learned(self)
        return Sequences(fitted.tag(sentences), sentences.offsets, fitted.vocabularies.tags)

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        write_learned(folder, learned(self))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the files do not hold what such a tagger learns."""
        self._fitted = read_learned(folder, Fitted)

    @property
    def parameters(self) -> int:
        """Weights that are not 0."""
        return learned(self).model.parameters

    def _own_moves(self, train: Corpus) -> int:
        """Frequent words with transitions of their own: fewer where the tables of all would not fit into memory."""
        tables = _TABLES // len(train.tags.vocabulary) ** 2
        return min(self.words, max(0, (tables - 3) // 2))

    @property
    def notes(self) -> list[str]:
        """Sentences on what is done otherwise for many tags, and for many tokens."""
        fitted = learned(self)
        own, tags = fitted.frequent.count, len(fitted.vocabularies.tags)
        notes = []
        if buckets := fitted.features.buckets:
            notes.append(f"train is large: combinations of words are hashed into {buckets:,} numbers each")
        if tags >= MANY:
            notes.append(
                f"with {tags} tags, the best sequence is sought among the {CANDIDATES} likeliest of each token"
            )
        if own < min(self.words, len(fitted.vocabularies.words)):
            why = f"with {tags} tags more tables of transitions would take too much memory"
            notes.append(f"words={own} in place of {self.words}: {why}")
        return notes

    def _batches(self, tokens: Tokens, draw: np.random.Generator) -> Iterator[Ints]:
        """Where the tokens of each batch are, in an order of its own for each epoch: (batch, time)."""
        order = draw.permutation(len(tokens.offsets) - 1)
        batches = list(equal_lengths(np.diff(tokens.offsets)[order], most=self.batch_size))
        for number in draw.permutation(len(batches)):
            yield tokens.groups(order[batches[number]])


class _Averaged:
    """Weights, and their average over all steps so far without a pass over them at each step.

    In it the weights after step t count 2 t + 1 times: those of the first epochs, which are the worst, count little
    (after Shamir and Zhang 2013). With the sum of (amount * step ** 2) in `late`, it is now - late / n ** 2 after n
    steps (after Daumé 2006).
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.now = np.zeros(shape, np.float32)
        self.late = np.zeros(shape, np.float32)

    def move(self, to: Ints, away: Ints, step: int) -> None:
        """Add 1 at places of the flat weights and take 1 at others, each as often as it comes."""
        places = np.concatenate([to, away])
        amounts = np.ones(len(places), np.float32)
        amounts[len(to) :] = -1
        np.add.at(self.now.reshape(-1), places, amounts)
        np.add.at(self.late.reshape(-1), places, amounts * np.float32(step**2))

    def average(self, steps: int) -> NDArray[np.float32]:
        """The weighted mean of the weights after each step."""
        return np.asarray(self.now - self.late / np.float32(steps**2))


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
        features, kinds, right = tokens.features.take(group, 0), tokens.kinds.take(group, 0), gold.take(group)
        scores = model.emissions(features)
        scores.reshape(-1)[np.arange(right.size) * scores.shape[2] + right.reshape(-1)] -= np.float32(self.cost)
        best = best_path(model, scores, kinds, right)
        wrong = best != right
        if wrong.any():
            moved = wrong[:, 1:] | wrong[:, :-1]
            self._correct_states(features[wrong], right[wrong], best[wrong])
            self._correct_moves(kinds[:, 1:][moved], self._cells(right)[moved], self._cells(best)[moved])
        self.steps += 1
        return int(np.count_nonzero(wrong))

    def average(self) -> Linear:
        return Linear(self.states.average(self.steps), self.moves.average(self.steps))

    def _correct_states(self, features: NDArray[np.int32], right: Ints, best: Ints) -> None:
        rows = features * np.int64(self.states.now.shape[1])
        self.states.move((rows + right[:, None]).reshape(-1), (rows + best[:, None]).reshape(-1), self.steps)

    def _correct_moves(self, kinds: Ints, right: Ints, best: Ints) -> None:
        tables = np.concatenate([np.zeros((len(kinds), 1), np.int64), kinds], 1) * self.moves.now[0].size
        self.moves.move((tables + right[:, None]).reshape(-1), (tables + best[:, None]).reshape(-1), self.steps)

    def _cells(self, tags: Ints) -> Ints:
        """Where the moves are in a table: (batch, time) -> (batch, time - 1)."""
        return tags[:, :-1] * self.moves.now.shape[1] + tags[:, 1:]
