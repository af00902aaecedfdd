"""Counts of models on one test set, per unit: all that resampling needs to know of them.

A metric is a function of summed counts: F1 is recounted from every resampled test set, never averaged over sentences.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Metric: TypeAlias = Callable[[Floats], Floats]
"""Summed counts to scores: (..., quantities) -> (...). Counts multiplied by a number must give the same score."""
_AXES = 3  # seeds, units, quantities


@dataclass(frozen=True, eq=False)
class Counts:
    """`models[m]` counts what each seed of a model did in each unit: (seeds of m, units, quantities)."""

    models: tuple[Integers, ...]
    metric: Metric

    def __post_init__(self) -> None:
        shapes = {model.shape[1:] for model in self.models}
        if len(shapes) != 1 or any(model.ndim != _AXES or not len(model) for model in self.models):
            raise ValueError(
                f"counts are (seeds, units, quantities) with the same units, got {[m.shape for m in self.models]}"
            )

    @property
    def units(self) -> int:
        """The number of sentences or documents."""
        return int(self.models[0].shape[1])

    @cached_property
    def whole(self) -> Integers | None:
        """Tokens of each unit (units,) that all scores are shares of; None unless these are accuracies over the same.

        Then half of the sums are the same for all seeds, and what is a difference of scores is one of right tokens.
        """
        first = self.models[0][0, :, 1:]
        if self.metric is not accuracy or any((model[..., 1:] != first).any() for model in self.models):
            return None
        return first[:, 0]

    @cached_property
    def scores(self) -> list[Floats]:
        """The score of each seed of each model: (seeds,)."""
        sums = [np.einsum("suq->sq", model) for model in self.models]  # several times quicker than `sum`
        return [self.metric(of_seeds.astype(np.float64)) for of_seeds in sums]

    def pooled(self) -> Integers:
        """Counts of all seeds of a model together, as if each had as many seeds: (models, units, quantities)."""
        common = math.lcm(*(len(model) for model in self.models))
        return np.stack([model.sum(0) * (common // len(model)) for model in self.models])


def accuracy(sums: Floats) -> Floats:
    """Right of all: (..., 2) -> (...)."""
    return _ratio(sums[..., 0], sums[..., 1])


def f1(sums: Floats) -> Floats:
    """F1 from right, predicted and gold: (..., 3) -> (...); 0 where there is none of them."""
    return _ratio(2 * sums[..., 0], sums[..., 1] + sums[..., 2])


def macro_f1(sums: Floats) -> Floats:
    """Mean F1 of the types that occur, from right, predicted and gold of each: (..., 3 * types) -> (...)."""
    types = sums.reshape(*sums.shape[:-1], -1, 3)  # (..., types, 3)
    occurs = (types[..., 1] + types[..., 2]) > 0
    return _ratio(f1(types).sum(-1), occurs.sum(-1).astype(np.float64))


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0)
