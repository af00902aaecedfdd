"""Trained models that stand for a model: all seeds, each seed alone, or all seeds but one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from seqbench.contracts.metric import Flags
from seqbench.results.predictions import ModelPredictions
from seqbench.scoring.sentence_counts import Floats, Integers

ALL_SEEDS = "all seeds"
_TO_LEAVE_ONE_OUT = 3  # seeds: without one of two it is the other alone


@dataclass(frozen=True, eq=False, kw_only=True)
class SeedChoice:
    """Weights of trained models in the mean of each model: (models, trained models), 0 where a model has no such seed.

    `varied` (models,) are the models that have several seeds to choose from.
    """

    name: str
    weights: Floats
    varied: Flags

    def applies(self, pairs: Integers) -> Flags:
        """Whether both models of each pair (pairs, 2) have the choice, and it is another than all seeds: (pairs,)."""
        has = np.count_nonzero(self.weights, axis=1) > 0
        both: Flags = has[pairs[:, 0]] & has[pairs[:, 1]]
        return both if self.name == ALL_SEEDS else both & (self.varied[pairs[:, 0]] | self.varied[pairs[:, 1]])


def seed_choices(models: Sequence[ModelPredictions]) -> Iterator[SeedChoice]:
    """The choices of these models; a deterministic one is the same by each choice."""
    varied = np.array([len(model.ids) > 1 and not model.deterministic for model in models])
    seeds = sorted({seed for model in models if not model.deterministic for seed in model.seeds})
    every = [_every(model) for model in models]
    yield SeedChoice(name=ALL_SEEDS, weights=_weights(every), varied=varied)
    for seed in seeds if varied.any() else ():
        alone = [_every(model) if model.deterministic else _is(model, seed) for model in models]
        yield SeedChoice(name=f"seed {seed} alone", weights=_weights(alone), varied=varied)
    for seed in seeds if varied.any() else ():
        others = [_every(model) if model.deterministic else _without(model, seed) for model in models]
        yield SeedChoice(name=f"without seed {seed}", weights=_weights(others), varied=varied)


def _every(model: ModelPredictions) -> Flags:
    return np.ones(len(model.ids), bool)


def _is(model: ModelPredictions, seed: int) -> Flags:
    return np.array([own == seed for own in model.seeds], bool)


def _without(model: ModelPredictions, seed: int) -> Flags:
    """The other seeds; none where the model has not this one, or too few."""
    own = _is(model, seed)
    return ~own if own.any() and len(own) >= _TO_LEAVE_ONE_OUT else np.zeros(len(own), bool)


def _weights(chosen: Sequence[Flags]) -> Floats:
    """Flags of the seeds of each model to weights."""
    weights = np.zeros((len(chosen), sum(map(len, chosen))))
    start = 0
    for number, flags in enumerate(chosen):
        weights[number, start : start + len(flags)] = flags / np.float64(max(1, flags.sum()))
        start += len(flags)
    return weights
