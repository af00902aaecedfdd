"""One tag for every token: the floor under all comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Conditions, Corpus, Deterministic, Sequences


@dataclass(kw_only=True)
class Majority(Deterministic):
    """Gives every token the most frequent tag of train (of equals, the one seen first)."""

    def fit(self, train: Corpus, conditions: Conditions) -> None:  # noqa: ARG002 -- nothing here depends on them
        """Count the tags."""
        self._tags = train.tags.vocabulary
        self._best = np.bincount(train.tags.ids, minlength=1).argmax()

    def predict(self, sentences: Sequences) -> Sequences:
        """The same tag everywhere."""
        return Sequences(np.full(len(sentences.ids), self._best, np.int32), sentences.offsets, self._tags)

    def start(self) -> None:
        """See `seqbench.Stepwise`: no word depends on another."""

    def step(self, state: None, form: str, layers: Mapping[str, str] | None = None) -> tuple[NDArray[np.float32], None]:
        """See `seqbench.Stepwise`: 1 for the one tag."""
        del form, layers
        return np.eye(len(self._tags), dtype=np.float32)[self._best], state

    @property
    def parameters(self) -> int:
        """The one tag."""
        return 1
