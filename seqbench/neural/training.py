"""Training a network: epochs of shuffled batches, a learning rate that rises and falls, the best epoch kept by dev."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from seqbench.errors import SeqbenchError

Optimizer = Literal["adam", "sgd"]
_WARM_UP = 0.1
"""Share of the steps in which the learning rate rises from 0; over the rest it falls to 0 again, linearly."""


class Measured(Protocol):
    """A batch of any kind whose tokens can be counted."""

    @property
    def lengths(self) -> Tensor:
        """Tokens of each sentence: (batch,)."""
        ...


@dataclass(frozen=True)
class Schedule:
    """How long and how fast: `passes` over the data an epoch, so many `steps` in all."""

    epochs: int
    passes: int
    steps: int
    learning_rate: float

    @classmethod
    def of(cls, epochs: int, batches: int, learning_rate: float, min_steps: int) -> Schedule:
        """A small corpus is passed several times an epoch, until there are `min_steps` in all."""
        passes = max(1, math.ceil(min_steps / max(1, epochs * batches)))
        return cls(epochs, passes, epochs * passes * batches, learning_rate)

    def rate(self, step: int) -> float:
        """The learning rate of a step, from 0."""
        rising = (step + 1) / max(1.0, _WARM_UP * self.steps)
        falling = (self.steps - step) / max(1.0, (1 - _WARM_UP) * self.steps)
        return self.learning_rate * min(1.0, rising, falling)


@dataclass
class Trainer:
    """A network with its optimiser; `step` learns one batch."""

    network: nn.Module
    schedule: Schedule
    loss: Callable[[Tensor, Tensor], Tensor]
    optimizer: torch.optim.Optimizer
    clip: float
    taken: int = 0

    @classmethod
    def of(
        cls,
        network: nn.Module,
        schedule: Schedule,
        loss: Callable[[Tensor, Tensor], Tensor],
        kind: Optimizer,
        clip: float,
    ) -> Trainer:
        """Adam (Kingma and Ba 2015) with beta2 = 0.98, or plain stochastic gradient descent."""
        parameters = list(network.parameters())
        rate = schedule.learning_rate
        if kind == "adam":
            return cls(network, schedule, loss, torch.optim.Adam(parameters, rate, (0.9, 0.98), fused=True), clip)
        return cls(network, schedule, loss, torch.optim.SGD(parameters, rate), clip)

    def epoch(self, number: int, batches: Callable[[], Iterator[tuple[Measured, Tensor]]]) -> tuple[int, float]:
        """Learn all batches; returns the tokens passed and their mean loss."""
        self.network.train()
        tokens, total = 0, 0.0
        for _ in range(self.schedule.passes):
            for batch, tags in batches():
                size = int(batch.lengths.sum())
                total += size * self._step(number, batch, tags)
                tokens += size
        return tokens, total / max(1, tokens)

    def _step(self, epoch: int, batch: Measured, tags: Tensor) -> float:
        rate = self.schedule.rate(self.taken)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        loss = self.loss(self.network(batch), tags)
        value = loss.item()
        if not math.isfinite(value):
            raise diverged(value, epoch, rate)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self.network.parameters(), self.clip)
        self.optimizer.step()
        self.taken += 1
        return value


def diverged(loss: float, epoch: int, rate: float) -> SeqbenchError:
    """What to raise where a loss is infinite or no number."""
    return SeqbenchError(
        f"the loss became {loss} in epoch {epoch} at learning rate {rate:.3g}; choose a lower learning_rate"
    )


def rarity(counts: np.ndarray[tuple[int], np.dtype[np.int64]], strength: float) -> Tensor:
    """How probably a word seen n times is hidden: strength / (strength + n) (Kiperwasser and Goldberg 2016)."""
    return torch.from_numpy(strength / (strength + np.maximum(counts, 1))).float()
