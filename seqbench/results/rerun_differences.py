"""Two runs of one plan side by side: which numbers differ, and what differs in what they were made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
import numpy as np

from seqbench.results.records import WantedTrial
from seqbench.results.store import Store

_Trial = tuple[str, str, int]


@dataclass(frozen=True)
class Difference:
    """A number of a trial that came out differently; None for a trial that did not finish."""

    dataset: str
    model: str
    seed: int
    what: str
    before: float | None
    now: float | None


def differences(before: Store, now: Store) -> tuple[int, list[Difference]]:
    """Number of trials that both runs finished, and every score, metric and number of predictions that differs.

    Data of the same content are the same data, whatever the file is called now.
    """
    names = {dataset.fingerprint: dataset.name for dataset in before.manifest().datasets}
    old, new = _finished(before, names), _finished(now, names)
    both = old.keys() & new.keys()
    differing = [
        Difference(*trial, "finished", float(trial in old), float(trial in new)) for trial in old.keys() ^ both
    ]
    for trial in (trial for trial in old if trial in both):
        differing += [Difference(*trial, *change) for change in _compared((before, old[trial]), (now, new[trial]))]
    return len(both), differing


def circumstances(before: Store, now: Store) -> list[str]:
    """Changes between the two run.json that may be the reason: versions, plugins, hardware, data."""
    old, new = (msgspec.to_builtins(store.manifest()) for store in (before, now))
    changes = []
    for part in ("seqbench", "result_version", "device", "threads", "versions", "machine", "plugins"):
        changes += list(_changes(part, old.get(part), new.get(part)))
    return [
        *changes,
        *_changes("data", *(sorted(dataset["fingerprint"] for dataset in m["datasets"]) for m in (old, new))),
    ]


def _finished(store: Store, names_before: Mapping[str, str]) -> dict[_Trial, WantedTrial]:
    """The finished trials of a run by the names of data, those of an earlier run for data that this one had."""
    manifest = store.manifest()
    names = {dataset.fingerprint: dataset.name for dataset in manifest.datasets} | dict(names_before)
    trials = [trial for trial in manifest.trials if store.is_finished(trial)]
    return {(names[trial.dataset], trial.label, trial.seed): trial for trial in trials}


def _compared(
    before: tuple[Store, WantedTrial], now: tuple[Store, WantedTrial]
) -> Iterator[tuple[str, float | None, float | None]]:
    old, new = (store.required_trial(trial) for store, trial in (before, now))
    for name in old.scores:
        if name != "per_tag" and old.score(name) != new.score(name):
            yield name, old.score(name), new.score(name)
    for name, value in old.metrics.items():
        if value != new.metrics.get(name):
            yield name, value, new.metrics.get(name)
    first, second = (
        store.trial_arrays(t, ("predicted",))["predicted"] for store, t in ((before[0], old), (now[0], new))
    )
    if not np.array_equal(first, second):
        yield "predictions that differ", 0, int((first != second).sum()) if len(first) == len(second) else None


def _changes(part: str, old: object, new: object) -> Iterator[str]:
    """Changes of one part of run.json, and of the parts in it."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys([*old, *new]):
            if name == "place":  # seen from each run's own folder
                continue
            yield from _changes(f"{part} {name}", old.get(name), new.get(name))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple) and len(old) == len(new):
        for pair in zip(old, new, strict=True):
            yield from _changes(part, *pair)
    elif old != new:
        yield f"{part}: {old!r} then, {new!r} now"
