"""Capability profile: how far each model gets on each probe, level by level of the probe."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import sqrt

from seqbench.results.records import Json
from seqbench.version import __version__

TOLERANCE = 0.01
"""How far below a ceiling an accuracy may be, beside two standard errors of chance."""


_SILENT = ("training", "failed", "unknown")
"""Reasons why a seed gets no further that say nothing of its model."""


@dataclass(frozen=True, kw_only=True)
class ProbeAxis:
    """A probe as a profile names it: its text, the option that makes it harder, what this counts, all levels."""

    probe: str
    option: str
    measures: str
    levels: Sequence[Json]


@dataclass(frozen=True, kw_only=True)
class ProbeCell:
    """One trial of a profile: `level` is a number of the axis' levels, `accuracy` None where the trial failed.

    `ceiling` is that of any tagger, `ceiling_of_sight` that of taggers which see as much as the model; `tokens` are
    those of test. Unless `trained_out`, a low accuracy says nothing about the model.
    """

    probe: str
    level: int
    dataset: str
    model: str
    seed: int
    accuracy: float | None
    ceiling: float
    ceiling_of_sight: float
    tokens: int
    trained_out: bool

    def near(self, *, of_sight: bool) -> bool:
        """Whether the accuracy is near a ceiling: at most `TOLERANCE` and two standard errors below it."""
        return self.accuracy is not None and self.accuracy >= self._least(of_sight=of_sight)

    def limit(self, *, of_sight: bool) -> str:
        """Why an accuracy is not near: see `Reach.limit`."""
        if self.accuracy is None:
            return "failed"
        if not of_sight and self.ceiling_of_sight < self._least(of_sight=False):
            return "sight"
        return "model" if self.trained_out else "training"

    def _least(self, *, of_sight: bool) -> float:
        ceiling = self.ceiling_of_sight if of_sight else self.ceiling
        return ceiling - TOLERANCE - 2 * sqrt(ceiling * (1 - ceiling) / max(1, self.tokens))


@dataclass(frozen=True)
class Reach:
    """How far one seed gets: the number of the hardest level that is near the ceiling, -1 if none is.

    `limit` tells why no further: "model" (the next level, trained out, is below), "sight" (no tagger that sees as
    little of a sentence is near at the next level), "levels" (there is none harder); and, which says nothing about the
    model, "training" (the next level was not trained out), "failed" (a trial of it did), "unknown" (not run).
    """

    level: int
    limit: str


def bracketed(levels: int, near: Mapping[int, bool]) -> tuple[int, int]:
    """The last level known to be near and the first known not to be; (-1, levels) where nothing is known.

    Where the two are neighbours the search is over. Levels above one that is not near do not count.
    """
    high = min((level for level, reached in near.items() if not reached), default=levels)
    return max((level for level in near if level < high), default=-1), high


def reach(levels: int, cells: Mapping[int, ProbeCell], *, of_sight: bool) -> Reach:
    """How far the cells of one seed get, by their levels."""
    low, high = bracketed(levels, {level: cell.near(of_sight=of_sight) for level, cell in cells.items()})
    if high - low > 1:
        return Reach(low, "unknown")
    if high == levels:
        return Reach(low, "levels")
    return Reach(low, cells[high].limit(of_sight=of_sight))


@dataclass(frozen=True, kw_only=True)
class Capability:
    """How far a model gets on a probe, seed by seed, against the ceiling of all taggers and that of its own sight."""

    axis: ProbeAxis
    model: str
    seeds: Sequence[int]
    any: Sequence[Reach]
    of_sight: Sequence[Reach]

    @property
    def restricted(self) -> bool:
        """Whether the model gets further if it is held against taggers that see as little."""
        return list(self.any) != list(self.of_sight)

    def as_json(self) -> dict[str, Json]:
        """The capability as JSON has it, levels by their values, None below the first."""
        parts = {"all_taggers": self.any, "own_sight": self.of_sight}
        return {
            "probe": self.axis.probe,
            "model": self.model,
            "seeds": list(self.seeds),
            **{name: self._plain(reaches) for name, reaches in parts.items()},
        }

    def _plain(self, reaches: Sequence[Reach]) -> dict[str, Json]:
        low, middle, high = interval(reaches)
        return {
            "median": self._value(middle),
            "lowest": self._value(low),
            "highest": self._value(high),
            "per_seed": [{"level": self._value(reach.level), "limit": reach.limit} for reach in reaches],
        }

    def _value(self, level: int) -> Json:
        return self.axis.levels[level] if level >= 0 else None


def interval(reaches: Sequence[Reach]) -> tuple[int, int, int]:
    """The lowest level that seeds get to, the median one (the lower of two) and the highest."""
    levels = sorted(reach.level for reach in reaches)
    return levels[0], levels[(len(levels) - 1) // 2], levels[-1]


def limit_of(reaches: Sequence[Reach]) -> str:
    """Why the median of seeds is no higher; of those that say nothing of the model only where they could raise it."""
    middle = interval(reaches)[1]
    silent = [reach for reach in reaches if reach.limit in _SILENT]
    raised = [replace(reach, level=sys.maxsize) if reach.limit in _SILENT else reach for reach in reaches]
    if silent and interval(raised)[1] > middle:
        return silent[0].limit
    return next((reach.limit for reach in reaches if reach.level == middle and reach.limit not in _SILENT), "model")


@dataclass(frozen=True, kw_only=True)
class CapabilityProfile:
    """All cells of a profile; `specs` are those of the models by label, `epochs` the most that any cell is trained.

    A training ended after `patience` epochs in which dev did not rise. `notes` are what was said while cells were run.
    """

    axes: Sequence[ProbeAxis]
    specs: Mapping[str, str]
    cells: Sequence[ProbeCell]
    epochs: int
    patience: int
    notes: Sequence[str] = ()

    def __repr__(self) -> str:
        """A line for each probe and model, as a notebook shows it."""
        return "\n".join(self._line(axis, model) for axis in self.axes for model in self.specs)

    def _line(self, axis: ProbeAxis, model: str) -> str:
        low, middle, high = interval(self.capability(axis, model).any)
        levels = ["none", *map(str, axis.levels)]
        spread = "" if low == high else f", seeds from {levels[low + 1]} to {levels[high + 1]}"
        return f"{axis.probe}, hardest {axis.option} that {model} masters: {levels[middle + 1]}{spread}"

    def capability(self, axis: ProbeAxis, model: str) -> Capability:
        """How far a model gets on a probe."""
        own = [cell for cell in self.cells if (cell.probe, cell.model) == (axis.probe, model)]
        seeds = sorted({cell.seed for cell in own})
        by_seed = [{cell.level: cell for cell in own if cell.seed == seed} for seed in seeds]
        kinds = {of: [reach(len(axis.levels), cells, of_sight=of) for cells in by_seed] for of in (False, True)}
        return Capability(axis=axis, model=model, seeds=seeds, any=kinds[False], of_sight=kinds[True])

    def as_json(self) -> dict[str, Json]:
        """The profile as JSON has it."""
        levels = {axis.probe: axis.levels for axis in self.axes}
        cells = [{**asdict(cell), "level": levels[cell.probe][cell.level]} for cell in self.cells]
        return {
            "seqbench": __version__,
            "epochs": self.epochs,
            "patience": self.patience,
            "tolerance": TOLERANCE,
            "models": dict(self.specs),
            "probes": [{**asdict(axis), "levels": list(axis.levels)} for axis in self.axes],
            "profile": [self.capability(axis, model).as_json() for model in self.specs for axis in self.axes],
            "cells": cells,
        }
