"""Ranks with intervals, tiers and the chance to be best: what the pairs of models together say of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from seqbench.comparing.comparison import BETTER, Comparison
from seqbench.results.model_names import ModelKey
from seqbench.scoring.sentence_counts import Floats


@dataclass(frozen=True)
class Rank:
    """The ranks that a model can have, 1 being best, and its tier."""

    first: int
    last: int
    tier: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def ranks(models: Sequence[ModelKey], comparisons: Sequence[Comparison]) -> dict[ModelKey, Rank]:
    """The rank interval of each model, from all pairs under one question (Mogstad, Romano, Shaikh and Wilhelm 2024).

    A rank is one more than the number of models that are truly better, and not less than with all that are truly worse
    below it; models that are truly as good share every rank between. All intervals hold together if no pair is told
    apart falsely. A tier is the longest chain of models, each better than the next, that ends above the model, and 1.
    """
    return ranks_of(models, [(c.a, c.b) for c in comparisons if c.relation == BETTER])


def ranks_of(models: Sequence[ModelKey], better: Iterable[tuple[ModelKey, ModelKey]]) -> dict[ModelKey, Rank]:
    """The rank interval of each model, from pairs whose first model is better than the second."""
    above: dict[ModelKey, set[ModelKey]] = {model: set() for model in models}
    for first, second in better:
        above[second].add(first)
    below = {model: sum(model in others for others in above.values()) for model in models}
    tiers = _tiers(above)
    return {m: Rank(1 + len(above[m]), len(models) - below[m], tiers[m]) for m in models}


def _tiers(above: Mapping[ModelKey, set[ModelKey]]) -> dict[ModelKey, int]:
    tiers: dict[ModelKey, int] = {}
    while len(tiers) < len(above):
        ready = [m for m, better in above.items() if m not in tiers and better <= tiers.keys()]
        for m in ready or [m for m in above if m not in tiers]:  # all that are left if relations went in a circle
            tiers[m] = 1 + max((tiers.get(b, 0) for b in above[m]), default=0)
    return tiers


def best_shares(scores: Floats) -> list[float]:
    """How often each model has the best score (draws, models), several that have it sharing the draw."""
    best = scores >= scores.max(1, keepdims=True)
    shares: list[float] = (best / best.sum(1, keepdims=True)).mean(0).tolist()
    return shares
