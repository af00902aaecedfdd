"""Adam that moves rows of embeddings only when they are needed next, and then by all that they have missed.

A batch touches a few hundred rows of tables with many thousands, but Adam (Kingma and Ba 2015) moves every row at each
step, since its averages go on. What a row without a gradient moves by is a known sum, so that it can be added when a
batch looks the row up, or at the end of an epoch. Results are those of Adam to rounding, but for small
gradients, since Adam's epsilon is taken to shrink with the averages: what a row misses is 0.02 % off at gradients of
1e-4, 2 % at 1e-6, and at gradients of about epsilon a row may end some steps away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from seqbench.errors import SeqbenchError
from seqbench.neural.eager_optimizers import Adam

LEAST = 50_000
"""Numbers of a table from which its rows are moved one by one; smaller tables are moved whole."""

_REMEMBERED = 600  # steps after which what an average still adds is below the precision of a number


@dataclass(eq=False)
class MissedSteps:
    """Sums of what a row without gradients moves by, in units of its mean over its deviation at its last step.

    `sums[t]` is the sum over all steps behind step t, and grows with each step.
    """

    betas: tuple[float, float]
    steps: int = 0
    sums: Tensor = field(default_factory=lambda: torch.zeros(1024, dtype=torch.float64))

    def add(self, rate: float) -> float:
        """Count one more step at this learning rate; the rate with Adam's correction of its first steps."""
        first, second = self.betas
        self.steps += 1
        corrected: float = rate * (1 - second**self.steps) ** 0.5 / (1 - first**self.steps)
        if self.steps == len(self.sums):
            self.sums = torch.cat([self.sums, torch.zeros_like(self.sums)])
        before = max(0, self.steps - _REMEMBERED)
        ages = torch.arange(self.steps - before, 0, -1, dtype=torch.float64)
        self.sums[before : self.steps] += corrected * (first / second**0.5) ** ages
        return corrected


@dataclass(eq=False)
class Table:
    """An embedding whose rows are moved one by one; of each row, the averages and the step at which it moved last."""

    module: nn.Embedding
    missed: MissedSteps
    means: Tensor
    squares: Tensor
    last: Tensor

    @classmethod
    def of(cls, module: nn.Embedding, missed: MissedSteps) -> Table:
        """A table at the beginning of training."""
        weight = module.weight.detach()
        last = torch.zeros(len(weight), dtype=torch.int64, device=weight.device)
        return cls(module, missed, torch.zeros_like(weight), torch.zeros_like(weight), last)

    @torch.no_grad()
    def catch_up(self, rows: Tensor, eps: float) -> None:
        """Move distinct rows by all that they have missed."""
        last = self.last[rows]
        first, second = self.missed.betas
        means, squares = self.means[rows], self.squares[rows]
        factors = self.missed.sums[last.cpu()].to(means).unsqueeze(1)
        correction = (1 - second ** last.clamp(min=1).to(means)).sqrt().unsqueeze(1)  # as Adam had at that step
        self.module.weight.index_add_(0, rows, means * factors / (squares.sqrt() + eps * correction), alpha=-1)
        ages = (self.missed.steps - last).unsqueeze(1)
        self.means[rows] = means * first**ages
        self.squares[rows] = squares * second**ages
        self.last[rows] = self.missed.steps

    @torch.no_grad()
    def step(self, corrected: float, eps: float) -> None:
        """Move the rows that have a gradient, which were caught up before the step was counted, and forget it."""
        gradient = self.module.weight.grad
        if gradient is None:
            return
        if not gradient.is_sparse:
            raise SeqbenchError("adam-rows is for embeddings that are looked up and not used otherwise; take adam")
        gradient = gradient.coalesce()
        rows, values = gradient.indices()[0], gradient.values()
        first, second = self.missed.betas
        self.means[rows] = means = self.means[rows].lerp_(values, 1 - first)
        self.squares[rows] = squares = self.squares[rows].mul_(second).addcmul_(values, values, value=1 - second)
        correction = (1 - second**self.missed.steps) ** 0.5
        self.module.weight.index_add_(0, rows, means / (squares.sqrt() + eps * correction), alpha=-corrected)
        self.last[rows] = self.missed.steps
        self.module.weight.grad = None


class RowAdam(Adam):  # type: ignore[misc, valid-type]  # a class that a function returns
    """Adam for a network, whose large embeddings are moved by rows; `close` ends it, behind which it does nothing."""

    def __init__(self, network: nn.Module, learning_rate: float, betas: tuple[float, float]) -> None:
        self.missed = MissedSteps(betas)
        large = [m for m in network.modules() if isinstance(m, nn.Embedding) and m.weight.numel() >= LEAST]
        self.tables = [Table.of(module, self.missed) for module in large]
        by_row = {module.weight for module in large}
        if by_row.issuperset(network.parameters()):
            raise SeqbenchError("adam-rows is for networks with weights beside large embeddings; take adam")
        super().__init__([w for w in network.parameters() if w not in by_row], learning_rate, betas, fused=True)
        self._hooks: list[RemovableHandle] = []
        for table in self.tables:
            table.module.sparse = True
            self._hooks.append(table.module.register_forward_pre_hook(self._catching_up(table)))

    def step(self, closure: Callable[[], float] | None = None) -> Any:
        """Move all that has a gradient."""
        corrected = self.missed.add(self.param_groups[0]["lr"])
        for table in self.tables:
            table.step(corrected, self._eps)
        return super().step(closure)

    def clip(self, longest: float) -> None:
        """Shorten the gradient of the whole network to a length, if it is longer."""
        parts = [*_gradients(self.param_groups[0]["params"]), *_gradients(table.module.weight for table in self.tables)]
        if not parts:
            return
        length = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(part) for part in parts]))
        torch._foreach_mul_(parts, (longest / (length + 1e-6)).clamp(max=1.0))

    def catch_up(self) -> None:
        """Move all rows by what they have missed, so that the network is that of Adam at this step."""
        for table in self.tables:
            table.catch_up(torch.arange(len(table.last), device=table.last.device), self._eps)

    def close(self) -> None:
        """Catch up, and leave the network as it was built."""
        self.catch_up()
        for hook in self._hooks:
            hook.remove()
        for table in self.tables:
            table.module.sparse = False
            table.module.weight.grad = None

    @property
    def _eps(self) -> float:
        eps: float = self.param_groups[0]["eps"]
        return eps

    def _catching_up(self, table: Table) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        """The function that catches up the rows that a batch looks up in training."""

        def hook(module: nn.Module, looked_up: tuple[Tensor, ...]) -> None:
            if module.training:
                table.catch_up(looked_up[0].unique(), self._eps)  # type: ignore[no-untyped-call]

        return hook


def _gradients(weights: Iterable[Tensor]) -> list[Tensor]:
    """The gradients of weights, of tables those of their distinct rows."""
    parts = []
    for weight in weights:
        if weight.grad is not None and weight.grad.is_sparse:
            weight.grad = weight.grad.coalesce()
            parts.append(weight.grad.values())
        elif weight.grad is not None:
            parts.append(weight.grad)
    return parts
