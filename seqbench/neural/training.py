"""Training a network: epochs of batches, a learning rate by schedule, the best epoch by its score on dev kept."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import torch
from torch import Tensor, nn

from seqbench.contracts.tagger import Report, Step
from seqbench.errors import SeqbenchError
from seqbench.neural.best_epoch import BestEpoch, Plateau
from seqbench.neural.dev_evaluation import Evaluation
from seqbench.neural.eager_optimizers import SGD, Adam, AdamW
from seqbench.neural.loss import Loss
from seqbench.neural.row_optimizer import RowAdam
from seqbench.neural.schedule import Schedule

Optimizer = Literal["adam", "sgd", "adam-rows"]


class Measured(Protocol):
    """A batch of any kind whose tokens can be counted."""

    @property
    def lengths(self) -> Tensor:
        """Tokens of each sentence: (batch,)."""
        ...


Batches = Callable[[], Iterator[tuple[Measured, Tensor]]]
"""Called for one pass over the data: batches, each with its tags."""


@dataclass(kw_only=True)
class Trainer:
    """A network with all that it is trained by; groups of the optimiser's weights may have a `share` of the rate.

    `loss` is of the network's answer to a batch and the batch's tags; `clip` is the longest gradient. `on_step` hears
    the epoch and the loss of each step.
    """

    network: nn.Module
    loss: Loss
    optimizer: torch.optim.Optimizer
    schedule: Schedule
    clip: float | None = None
    plateau: Plateau = field(default_factory=Plateau)
    on_step: Callable[[int, float], object] | None = None
    _steps: int = field(default=0, init=False)
    _annealed: float = field(default=1.0, init=False)

    def fit(self, batches: Batches, evaluate: Callable[[], Evaluation] | None, report: Report) -> None:
        """Learn for the epochs of the schedule, and keep the weights of the best one.

        `evaluate` gives the score on dev that chooses the epoch (the higher, the better), and the accuracy that is told
        beside it; without it the last epoch is kept. Training ends early where `report` answers True, or where the
        plateau's patience is used up. Raises `SeqbenchError` if the loss is no number.
        """
        try:
            self._fit(batches, evaluate, report)
        finally:
            if isinstance(self.optimizer, RowAdam):
                self.optimizer.close()

    def _fit(self, batches: Batches, evaluate: Callable[[], Evaluation] | None, report: Report) -> None:
        best = BestEpoch(self.network)
        for epoch in range(1, self.schedule.epochs + 1):
            tokens, loss = self.epoch(epoch, batches)
            step: Step = {"epoch": epoch, "tokens": tokens, "loss": loss}
            if evaluate is not None:
                dev, seconds = self._evaluated(evaluate)
                best.compare(dev.score)
                step |= {"dev_accuracy": dev.accuracy, "dev_score": dev.score, "dev_seconds": seconds}
            if report(**step) or self.plateau.ends(best.epochs_since):
                break
            self._annealed *= self.plateau.factor(best.epochs_since)
        best.restore()

    def epoch(self, number: int, batches: Batches) -> tuple[int, float]:
        """Learn all batches; the tokens passed and their mean loss."""
        self.network.train()
        tokens, total = 0, 0.0
        for _ in range(self.schedule.passes):
            for batch, tags in batches():
                size = int(batch.lengths.sum())
                total += size * self._step(number, batch, tags)
                tokens += size
        if isinstance(self.optimizer, RowAdam):
            self.optimizer.catch_up()
        return tokens, total / max(1, tokens)

    def _step(self, epoch: int, batch: Measured, tags: Tensor) -> float:
        rate = self._annealed * self.schedule.rate(self._steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group.get("share", 1.0)
        self.optimizer.zero_grad()
        loss = self.loss(self.network(batch), tags)
        value = loss.item()
        if not math.isfinite(value):
            raise diverged(value, epoch, rate)
        torch.autograd.backward(loss)
        self._clip()
        self.optimizer.step()
        self._steps += 1
        if self.on_step is not None:
            self.on_step(epoch, value)
        return value

    def _clip(self) -> None:
        """Shorten a gradient that is too long."""
        if self.clip is None:
            return
        if isinstance(self.optimizer, RowAdam):
            self.optimizer.clip(self.clip)
        else:
            nn.utils.clip_grad_norm_(self.network.parameters(), self.clip)

    def _evaluated(self, evaluate: Callable[[], Evaluation]) -> tuple[Evaluation, float]:
        """The scores on dev, and the seconds that they took: CPU time on a CPU, else wall."""
        weights = next(self.network.parameters(), None)
        clock = time.process_time if weights is None or weights.device.type == "cpu" else time.perf_counter
        start = clock()
        return evaluate(), clock() - start


def optimizer_of(
    network: nn.Module | Iterable[Mapping[str, object]],
    kind: Optimizer,
    learning_rate: float,
    weight_decay: float = 0.0,
) -> torch.optim.Optimizer:
    """Adam (Kingma and Ba 2015) with beta2 = 0.98, plain stochastic gradient descent, or Adam by rows of embeddings.

    With `weight_decay` every step shrinks all weights by that share of the learning rate: Adam becomes AdamW
    (Loshchilov and Hutter 2019). Instead of a network, groups of weights may be given: `params`, and the `share` of
    the learning rate that is theirs. Raises `SeqbenchError` where rows cannot be moved one by one.
    """
    betas = 0.9, 0.98
    if kind == "adam-rows":
        if weight_decay or not isinstance(network, nn.Module):
            raise SeqbenchError("adam-rows is for one learning rate and weight_decay=0; take adam")
        return RowAdam(network, learning_rate, betas)
    weights = [*network.parameters()] if isinstance(network, nn.Module) else [dict(group) for group in network]
    if kind == "sgd":
        return SGD(weights, learning_rate, weight_decay=weight_decay)
    if weight_decay:
        return AdamW(weights, learning_rate, betas, weight_decay=weight_decay, fused=True)
    return Adam(weights, learning_rate, betas, fused=True)


def diverged(loss: float, epoch: int, rate: float) -> SeqbenchError:
    """The error of a loss that is infinite or no number."""
    return SeqbenchError(
        f"the loss became {loss} in epoch {epoch} at learning rate {rate:.3g}; choose a lower learning_rate"
    )
