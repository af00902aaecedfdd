"""The names and numbers of a trial that trackers hear: points of learning curves, scores, costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqbench import TrialResult


def curve(progress: Mapping[str, float]) -> dict[str, float]:
    """The numbers that a tagger reported of an epoch, as `learning/...`."""
    return {f"learning/{name}": float(number) for name, number in progress.items() if name != "epoch"}


def scores(result: TrialResult) -> dict[str, float]:
    """Scores and metrics as `test/...` (fractions of 1), costs as `cost/...`; what does not apply is left out."""
    numbers = {**result.scores, **result.metrics}
    named = {f"test/{name}": number for name, number in numbers.items()}
    costs = {f"cost/{name}": number for name, number in result.timings.items()}
    return {name: float(value) for name, value in {**named, **costs}.items() if isinstance(value, int | float)}
