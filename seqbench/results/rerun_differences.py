"""Two runs of one plan side by side: which numbers differ, and what differs in what they were made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from seqbench.results.store import Store

_Trial = tuple[str, str, int]


@dataclass(frozen=True)
class Difference:
    """One number of one trial that came out differently; None where a trial did not finish."""

    dataset: str
    model: str
    seed: int
    what: str
    before: float | None
    now: float | None


def differences(before: Store, now: Store) -> tuple[int, list[Difference]]:
    """How many trials both have finished, and every score, metric and number of predictions that differs."""
    old, new = _finished(before), _finished(now)
    both = old.keys() & new.keys()
    found = [Difference(*trial, "finished", float(trial in old), float(trial in new)) for trial in old.keys() ^ both]
    for trial in (trial for trial in old if trial in both):
        found += [Difference(*trial, *one) for one in _compared((before, old[trial]), (now, new[trial]))]
    return len(both), found


def circumstances(before: Store, now: Store) -> list[str]:
    """What run.json of both tells that may be why: versions, plugins, hardware, data."""
    old, new = (store.read_json(store.manifest_path) for store in (before, now))
    found = []
    for part in ("seqbench", "result_version", "device", "threads", "versions", "machine", "plugins", "datasets"):
        found += list(_changes(part, old.get(part), new.get(part)))
    return found


def _finished(store: Store) -> dict[_Trial, dict[str, Any]]:
    manifest = store.read_json(store.manifest_path)
    names = {dataset["fingerprint"]: dataset["name"] for dataset in manifest["datasets"]}
    return {
        (names[t["dataset"]], t["label"], t["seed"]): t
        for t in manifest["trials"]
        if store.is_finished(t["label"], t["seed"], t["key"])
    }


def _compared(
    before: tuple[Store, Mapping[str, Any]], now: tuple[Store, Mapping[str, Any]]
) -> Iterator[tuple[str, float | None, float | None]]:
    (old, arrays_before), (new, arrays_now) = (_read(*one) for one in (before, now))
    for part in ("scores", "metrics"):
        for name, value in old[part].items():
            if not isinstance(value, list) and value != new[part].get(name):
                yield name, value, new[part].get(name)
    if not np.array_equal(arrays_before, arrays_now):
        same = len(arrays_before) == len(arrays_now)
        yield "predictions that differ", 0, int((arrays_before != arrays_now).sum()) if same else None


def _read(store: Store, trial: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
    path = store.trial_path(trial["label"], trial["seed"], trial["key"])
    return store.read_json(path), store.read_arrays(path)["predicted"]


def _changes(part: str, old: Any, new: Any) -> Iterator[str]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys([*old, *new]):
            yield from _changes(f"{part} {name}", old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _changes(part, one, other)
    elif old != new:
        yield f"{part}: {old!r} then, {new!r} now"
