"""Taggers that can learn the probabilities that another tagger gives to tags, in place of the tags."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.capability import Capability
from seqbench.contracts.tagger import Conditions
from seqbench.data.corpus import Corpus


@runtime_checkable
class Imitating(Protocol, metaclass=Capability):
    """Tagger that can be fitted to probabilities: what a student of `distil` must be."""

    def imitate(self, train: Corpus, targets: NDArray[np.float32], conditions: Conditions) -> None:
        """Learn from scratch, as `fit` does, to give these probabilities.

        `targets` (tokens of train, tags of train) have rows that sum to 1.
        """
        ...
