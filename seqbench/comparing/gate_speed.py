"""Whether a new model tags more slowly than the old one: seconds of tagging test, over seeds, on the same machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seqbench.comparing.comparison import Comparison, PairTest
from seqbench.comparing.gate_quantities import MILLISECONDS
from seqbench.comparing.statistics.estimate import Estimate, Part
from seqbench.comparing.statistics.t_test_over_seeds import ENOUGH_SEEDS
from seqbench.results.listing import ListedModel
from seqbench.results.records import DatasetSummary
from seqbench.scoring.sentence_counts import Floats

TOLERANCE = 1.1
"""Slower by a tenth counts as nothing: so much the same model differs from one run to the next."""
SPEED = "speed"
_TEST = "t test of the logarithms of seconds over seeds, beyond a tenth"


@dataclass(frozen=True)
class _Speed:
    """Seconds of tagging the test set by each seed (seeds,), and what they were measured on."""

    seconds: Floats
    conditions: tuple[str, ...]


def slower(dataset: DatasetSummary, sentences: int, before: ListedModel, after: ListedModel) -> PairTest | str:
    """The test whether a model got slower, the faster one first, or the reason why it cannot be made."""
    old, new = _speed(before), _speed(after)
    if old is None or new is None:
        return "the time of tagging is not stored"
    if old.conditions != new.conditions:
        return "the two runs were made on different machines, devices or numbers of threads"
    if min(len(old.seconds), len(new.seconds)) < ENOUGH_SEEDS:
        return f"it takes {ENOUGH_SEEDS} seeds of each to know how far times spread"
    logs = [np.log(speed.seconds) for speed in (old, new)]
    ratio = float(logs[1].mean() - logs[0].mean())
    parts = tuple(Part(float(log.var(ddof=1)) / len(log), len(log) - 1) for log in logs)
    beyond = Estimate(ratio - np.log(TOLERANCE), parts)
    times = [1000 * float(np.exp(log.mean())) / max(1, sentences) for log in logs]
    first, second = (before.key, after.key) if ratio > 0 else (after.key, before.key)
    comparison = Comparison(
        a=first, b=second, dataset=dataset.name, question=SPEED, test=_TEST, difference=abs(times[1] - times[0]),
        p=beyond.p if beyond.value > 0 else 1.0, metric=MILLISECONDS,
    )  # fmt: skip
    return PairTest(comparison)


def _speed(model: ListedModel) -> _Speed | None:
    """The times of a model, CPU seconds where it ran on the CPU, else wall seconds; None where one is not stored."""
    manifest = model.store.manifest()
    name = "predict_seconds" if manifest.device == "cpu" else "predict_wall_seconds"
    seconds = [model.store.required_trial(trial).timings.get(name) for trial in model.finished_trials]
    stored = [float(second) for second in seconds if second]
    if len(stored) < len(seconds):
        return None
    machine = manifest.machine
    return _Speed(np.array(stored), tuple(map(str, (manifest.device, manifest.threads, *machine.items()))))
