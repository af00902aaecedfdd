"""Records of what a run was asked for beyond its trials: how much to search, and when there are enough seeds."""

from __future__ import annotations

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
