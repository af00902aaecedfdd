"""CPU seconds of training until dev is tagged well.

    python benchmarks/accuracy/time_to_accuracy.py FILE RUN|SPEC... DATA

Each RUN is the folder of a finished run, whose learning curves are read (the first seed of each model); each SPEC is
trained here on DATA, one thread. Prints a table with the seconds until accuracy on dev first passes 93, 94 and 95 %,
and writes the points of all curves to FILE as CSV: model, CPU seconds, accuracy on dev in %. Seconds are those of
training without tagging dev; a run tells them for all epochs together, so that they are shared out by tokens.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from seqbench import Conditions, Dataset, make
from seqbench.contracts.tagger import WarmsUp
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.reporting.table import listing
from seqbench.results.rows import read
from seqbench.results.store import Store

LEVELS = (93, 94, 95)


@dataclass
class Curve:
    """Points (CPU seconds, accuracy on dev in %) of one model, in order."""

    model: str
    points: list[tuple[float, float]] = field(default_factory=list)

    def passes(self, level: float) -> float | None:
        """The seconds at the first point that is at this level or above."""
        return next((seconds for seconds, accuracy in self.points if accuracy >= level), None)


@dataclass
class Clock:
    """A report that notes a point an epoch; `aside` are the seconds that dev took."""

    curve: Curve
    start: float
    aside: float = 0.0

    def __call__(self, *, dev_accuracy: float | None = None, dev_seconds: float | None = None, **_: Any) -> bool:
        """See `seqbench.contracts.tagger.Report`."""
        self.aside += dev_seconds or 0.0
        if dev_accuracy is not None:
            self.curve.points.append((time.process_time() - self.start - self.aside, 100 * dev_accuracy))
        return False


def trained(spec: str, dataset: Dataset) -> Curve:
    """The curve of a model trained here; where it tells no epochs of its own, the one point behind its training."""
    assert dataset.dev is not None  # noqa: S101 -- checked when it was read
    tagger, curve = make(spec), Curve(spec)
    conditions = Conditions(dev=dataset.dev)
    if isinstance(tagger, WarmsUp):
        tagger.warm_up(conditions)
    clock = Clock(curve, time.process_time())
    of_others = hasattr(tagger, "members")  # an ensemble passes on what its members report
    tagger.fit(dataset.train, conditions if of_others else Conditions(dev=dataset.dev, report=clock))
    if not curve.points:
        seconds = time.process_time() - clock.start
        pairs = zip(tagger.predict(dataset.dev.sentences), dataset.dev.tags, strict=True)
        right = [a == b for found, gold in pairs for a, b in zip(found, gold, strict=True)]
        curve.points.append((seconds, 100 * float(np.mean(right))))
    return curve


def finished(folder: Path) -> Iterator[Curve]:
    """The curves of the first seed of each model of a run that tells its epochs."""
    for row in read([Store.open(folder)]).rows:
        trial = next((trial for trial in row.trials if trial), None)
        told = [step for step in trial.curve if step.get("dev_accuracy") is not None] if trial else []
        if trial and told:
            aside = sum(step["dev_seconds"] or 0.0 for step in told)
            each = (trial.timings["fit_seconds"] - aside) / sum(step["tokens"] for step in told)
            passed = accumulate(each * step["tokens"] for step in told)
            yield Curve(row.key.label, [(s, 100 * step["dev_accuracy"]) for s, step in zip(passed, told, strict=True)])


def main() -> None:
    """Curves to a file, the table to standard output."""
    target, *sources, data = sys.argv[1:]
    dataset = load(data, Registry.discover())
    curves = []
    for source in sources:
        curves += list(finished(Path(source))) if Path(source).is_dir() else [trained(source, dataset)]
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "cpu_seconds", "dev_accuracy"])
        writer.writerows([c.model, f"{s:.2f}", f"{accuracy:.2f}"] for c in curves for s, accuracy in c.points)
    rows = [
        [c.model, *(_seconds(c.passes(level)) for level in LEVELS), f"{max(a for _, a in c.points):.2f}"]
        for c in curves
    ]
    print(listing(["model", *(f"{level} %" for level in LEVELS), "best dev"], rows, "markdown"))


def _seconds(found: float | None) -> str:
    return "-" if found is None else f"{found:.1f}"


if __name__ == "__main__":
    main()
