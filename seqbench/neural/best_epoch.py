"""The best epoch of a training by its score on dev, and what happens where no better one comes."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor, nn


@dataclass(frozen=True, kw_only=True)
class Plateau:
    """Rules for epochs without a better score on dev: training ends after `patience` of them (0: it does not).

    After every `anneal_patience` such epochs the learning rate is multiplied by `anneal_factor`.
    """

    patience: int = 0
    anneal_factor: float = 1.0
    anneal_patience: int = 1

    def __post_init__(self) -> None:
        """Raises `ValueError` if a field cannot be."""
        if self.patience < 0:
            raise ValueError(f"patience must be 0 or more, was: {self.patience}")
        if not 0 < self.anneal_factor <= 1:
            raise ValueError(f"anneal_factor must be above 0 and at most 1, was: {self.anneal_factor}")
        if self.anneal_patience < 1:
            raise ValueError(f"anneal_patience must be 1 or more, was: {self.anneal_patience}")

    def ends(self, epochs: int) -> bool:
        """Whether training ends after so many epochs without a better score."""
        return 0 < self.patience <= epochs

    def factor(self, epochs: int) -> float:
        """The factor of the learning rate after so many epochs without a better score."""
        return self.anneal_factor if epochs and epochs % self.anneal_patience == 0 else 1.0

    def notes_without_dev(self) -> list[str]:
        """Notes for users whose data has no dev, where fields have no effect."""
        if not self.patience and self.anneal_factor == 1:
            return []
        return ["there is no dev data, so that patience and anneal_factor have no effect: all epochs were run"]


@dataclass
class BestEpoch:
    """The weights of a network after its best epoch so far, and how many epochs have passed since."""

    network: nn.Module
    epochs_since: int = 0
    _score: float = -math.inf
    _weights: Mapping[str, Tensor] | None = field(default=None, repr=False)

    def compare(self, score: float) -> None:
        """Take an epoch that has just ended, with its score: the higher, the better; of equals, the first is best."""
        if score > self._score:
            self._score, self.epochs_since = score, 0
            self._weights = copy.deepcopy(self.network.state_dict())
        else:
            self.epochs_since += 1

    def restore(self) -> None:
        """Give the network the weights of its best epoch, if any was compared."""
        if self._weights is not None:
            self.network.load_state_dict(self._weights)
