"""Records of what a run was asked for beyond its trials: how much to search, what was tried, when seeds are enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import Struct


class Effort(Struct, frozen=True, kw_only=True):
    """Effort that a search of hyperparameters may spend on each model, and how it draws."""

    trials: int
    sampler: str
    seed: int


class SeedsUntil(Struct, frozen=True, kw_only=True):
    """Seeds were added until `rule` held (decided, or a width in points), and at most `most` of each model."""

    rule: str
    most: int


@dataclass(frozen=True)
class SearchTrial:
    """A trial of a search: its number, hyperparameters, dev score (None if it failed), and whether it was pruned."""

    number: int
    fields: Mapping[str, object]
    score: float | None
    pruned: bool = False
