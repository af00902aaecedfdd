"""The learning rate of each step, and how long a network is trained."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Course = Literal["linear", "constant"]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How long and how fast: `epochs` over so many `batches`, repeated where that is fewer than `min_steps` in all.

    `rising` is the share of the steps in which a linear learning rate rises from 0; over the rest it falls to 0 again.
    """

    epochs: int
    batches: int
    learning_rate: float
    min_steps: int = 0
    course: Course = "linear"
    rising: float = 0.1

    @property
    def passes(self) -> int:
        """Passes over the data in an epoch."""
        return max(1, math.ceil(self.min_steps / max(1, self.epochs * self.batches)))

    @property
    def steps(self) -> int:
        """Steps in all."""
        return self.epochs * self.passes * self.batches

    def rate(self, step: int) -> float:
        """The learning rate of a step, from 0."""
        if self.course == "constant":
            return self.learning_rate
        rising = (step + 1) / max(1.0, self.rising * self.steps)
        falling = (self.steps - step) / max(1.0, (1 - self.rising) * self.steps)
        return self.learning_rate * min(1.0, rising, falling)
