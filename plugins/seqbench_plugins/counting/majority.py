"""One tag for every token: the floor under all comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench import (
    Conditions,
    Corpus,
    Deterministic,
    Sequences,
    Vocabularies,
    accepts_lists,
    check_array,
    learned,
    read_learned,
    write_learned,
)


@dataclass(frozen=True, eq=False)
class Fitted:
    """The id of the most frequent tag."""

    vocabularies: Vocabularies
    best: int

    def __post_init__(self) -> None:
        check_array("best", np.array([self.best]), 1, below=max(1, len(self.vocabularies.tags)))


@dataclass(kw_only=True)
class Majority(Deterministic):
    """Gives every token the most frequent tag of train (of equals, the one seen first)."""

    _fitted: Fitted | None = field(default=None, init=False, repr=False, compare=False)

    def fit(self, train: Corpus, conditions: Conditions) -> None:  # noqa: ARG002 -- nothing here depends on them
        """Count the tags."""
        best = np.bincount(train.tags.ids, minlength=1).argmax()
        self._fitted = Fitted(Vocabularies.of(train), int(best))

    @accepts_lists
    def predict(self, sentences: Sequences) -> Sequences:
        """The most frequent tag of train for every token."""
        fitted = learned(self)
        ids = np.full(len(sentences.ids), fitted.best, np.int32)
        return Sequences(ids, sentences.offsets, fitted.vocabularies.tags)

    @property
    def sight(self) -> tuple[int, int]:
        """See `seqbench.Sighted`."""
        return 0, 0

    def start(self) -> None:
        """See `seqbench.Stepwise`: no word depends on another."""
        learned(self)

    def step(self, state: None, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], None]:
        """See `seqbench.Stepwise`: 1 for the one tag."""
        del form, layers
        fitted = learned(self)
        probabilities = np.zeros(len(fitted.vocabularies.tags), np.float32)
        probabilities[fitted.best] = 1
        return probabilities, state

    def save(self, folder: Path) -> None:
        """See `seqbench.Saveable`."""
        write_learned(folder, learned(self))

    def load(self, folder: Path) -> None:
        """See `seqbench.Saveable`. Raises `StoreError` if the files do not hold what such a tagger learns."""
        self._fitted = read_learned(folder, Fitted)

    @property
    def parameters(self) -> int:
        """The one tag. Raises `NotFittedError` before `fit`."""
        learned(self)
        return 1
