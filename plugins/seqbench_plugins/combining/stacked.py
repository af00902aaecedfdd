"""A tagger that reads, beside each word, which tags another tagger holds the likeliest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    Deterministic,
    Probabilistic,
    Range,
    Sequences,
    Tagger,
    UsageError,
    UsesDevice,
    Vocabularies,
    accepts_lists,
    learned,
    make,
    read_learned,
    write_learned,
)
from seqbench_plugins.combining import _members
from seqbench_plugins.combining._folds import folds_of
from seqbench_plugins.combining._share import shared

_SENTENCES = 20_000  # whose probabilities are held at once


class Base(Tagger, Probabilistic, Protocol):
    """Tagger with probabilities."""


@dataclass(frozen=True, eq=False)
class Guesses:
    """The two likeliest tags of a base as input layers beside those of train."""

    vocabularies: Vocabularies

    @property
    def names(self) -> list[str]:
        """The names of both layers, which no layer of train has."""
        names = (f"guess {number}" for number in range(1, len(self.vocabularies.layers) + 3))
        return [name for name in names if name not in self.vocabularies.layers][:2]

    @property
    def values(self) -> NDArray[np.object_]:
        """The tags, and a last value for where there is no second one: the values of both layers."""
        tags = self.vocabularies.tags
        none = next(text for text in (f"none{mark}" for mark in ("", *range(len(tags)))) if text not in set(tags))
        return np.append(tags, none)

    def ids(
        self, base: Base, sentences: Sequences, least: float, tags: NDArray[np.int32] | None = None
    ) -> NDArray[np.int32]:
        """The value ids of both layers, the second tag from a probability of `least` on: (2, tokens).

        `tags` are the ids in train of the tags that the base knows, if it has not learned from all of train.
        """
        known = np.append(np.arange(len(self.vocabularies.tags)) if tags is None else tags, len(self.values) - 1)
        parts = [np.zeros((2, 0), np.int32)]
        for start in range(0, len(sentences), _SENTENCES):
            probabilities = base.predict_proba(sentences[start : start + _SENTENCES])
            rows, first = np.arange(len(probabilities)), probabilities.argmax(1)
            others = probabilities.copy()
            others[rows, first] = -1
            second = others.argmax(1)
            second[others[rows, second] < least] = probabilities.shape[1]
            parts.append(known[np.stack([first, second])].astype(np.int32))
        return np.concatenate(parts, 1)

    def beside(self, sentences: Sequences, ids: NDArray[np.int32]) -> Sequences:
        """Sentences with further layers of these ids (2, tokens)."""
        values = self.values
        layers = {name: Sequences(row, sentences.offsets, values) for name, row in zip(self.names, ids, strict=True)}
        return replace(sentences, layers=MappingProxyType({**sentences.layers, **layers}))


@dataclass(kw_only=True)
class Stacked:
    """A base guesses, and the final tagger reads its guesses as further input layers (Cohen and Carvalho 2005).

    On train the guesses of each fold are those of a base that learned from the other folds (Wolpert 1992): what it
    guesses for what it has learned is too good to be true of new sentences. The base that guesses for new sentences
    learns from all of train.
    """

    base: Annotated[str, "spec of the tagger that guesses; it must have probabilities"] = "hmm(lexicalized=True)"
    final: Annotated[str, "spec of the tagger that reads the guesses"] = "perceptron"
    folds: Annotated[int, "parts of train, each guessed by a base that learned from the others", Range(2, 10)] = 4
    least: Annotated[float, "probability from which a second tag is told", Range(0.0, 0.5)] = 0.05
    _fitted: Guesses | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build both, so that a misspelt one is told before anything is trained."""
        if self.folds <= 1:
            raise ValueError(f"folds must be at least 2, was: {self.folds}")
        base, self._final = make(self.base), make(self.final)
        if not isinstance(base, Probabilistic):
            raise UsageError(f"base {self.base!r} has no probabilities to guess by; choose another")
        self._base = cast("Base", base)
        self._members = (base, self._final)
        if isinstance(self._final, Probabilistic):
            self.predict_proba: Callable[[Sequences], NDArray[np.float32]] = self._probabilities
        if all(isinstance(member, Deterministic) for member in self._members):
            self.deterministic = True
        if any(isinstance(member, UsesDevice) for member in self._members):
            self.uses_device = True

    @property
    def parts(self) -> Sequence[str]:
        """See `seqbench.Composite`."""
        return [self.base, self.final]

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Fit a base for each fold, one for all of train, and the final tagger, each within its share of the budget."""
        self._fitted = None
        share = conditions.budget / (self.folds + 2) if conditions.budget else None
        guesses, conditions = Guesses(Vocabularies.of(train)), replace(conditions, budget=share)
        ids = self._of_train(train, guesses, conditions)
        self._base.fit(train, shared(conditions))
        dev = conditions.dev
        if dev is not None:
            seen = guesses.beside(dev.sentences, guesses.ids(self._base, dev.sentences, self.least))
            conditions = replace(conditions, dev=replace(dev, sentences=seen))
        self._final.fit(replace(train, sentences=guesses.beside(train.sentences, ids)), shared(conditions))
        self._fitted = guesses

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The final tagger's tags."""
        return cast("Sequences", self._final.predict(self._seen(sentences)))

    def save(self, folder: Path) -> None:
        """Write both into folders of their own. Raises `UsageError` if one of them cannot be kept."""
        write_learned(folder, learned(self))
        _members.save(folder, self.parts, self._members)

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        _members.load(folder, self.parts, self._members)
        self._fitted = read_learned(folder, Guesses)

    @property
    def parameters(self) -> int:
        """The sum of both, as far as they count theirs."""
        learned(self)
        return _members.parameters(self._members)

    @property
    def notes(self) -> Sequence[str]:
        """The notes of both, each with the spec of its tagger."""
        learned(self)
        return _members.notes(self.parts, self._members)

    @property
    def trained_on(self) -> Sequence[str]:
        """The texts beside train that either learned from, each once."""
        return _members.trained_on(self._members)

    def warm_up(self, conditions: Conditions) -> None:
        """Warm up both, as far as they need it."""
        _members.warm_up(self._members, conditions)

    def _seen(self, sentences: Sequences) -> Sequences:
        guesses = learned(self)
        return guesses.beside(sentences, guesses.ids(self._base, sentences, self.least))

    def _probabilities(self, sentences: Sequences) -> NDArray[np.float32]:
        """The final tagger's probabilities: (tokens, tags)."""
        return cast("Probabilistic", self._final).predict_proba(self._seen(sentences))

    def _of_train(self, train: Corpus, guesses: Guesses, conditions: Conditions) -> NDArray[np.int32]:
        """For each token of train what a base guesses that has not learned from its fold: (2, tokens)."""
        ids = np.empty((2, train.tokens), np.int32)
        for fold in folds_of(train, self.folds):
            self._base.fit(fold.rest, shared(conditions))
            ids[:, fold.tokens] = guesses.ids(self._base, fold.of(train.sentences), self.least, fold.tags)
        return ids
