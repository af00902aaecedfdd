"""Every score of a run taken again from the predictions and the gold tags that lie there, and compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from seqbench.contracts.trial import TrialResult
from seqbench.contracts.trial_key import key_of
from seqbench.errors import DataError, SeqbenchError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.results import predictions
from seqbench.results.source_corpus import reread
from seqbench.results.store import Store
from seqbench.scoring.metrics import confusion
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored


@dataclass
class Findings:
    """How many trials were looked at, what is wrong with the run, and what could not be looked at."""

    trials: int = 0
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def verify(store: Store, registry: Registry) -> Findings:
    """Look at all that is finished; `unknown` tells of metrics and corpora that are not there any more."""
    found = Findings()
    manifest = store.read_json(store.manifest_path)
    references = {d["fingerprint"]: _reference(store, d, registry, found) for d in manifest["datasets"]}
    called = {d["fingerprint"]: d["name"] for d in manifest["datasets"]}
    for trial in manifest["trials"]:
        name = f"{trial['label']}, seed {trial['seed']}, on {called[trial['dataset']]}"
        path = store.trial_path(trial["label"], trial["seed"], trial["key"])
        if not path.is_file():
            found.unknown.append(f"{name}: not finished")
            continue
        found.trials += 1
        reference = references[trial["dataset"]]
        if reference is not None:
            try:
                found.wrong += [f"{name}: {what}" for what in _trial(store, trial, reference, registry, found)]
            except StoreError as error:
                found.wrong.append(f"{name}: {error}")
    found.unknown = list(dict.fromkeys(found.unknown))
    return found


def _reference(store: Store, dataset: Mapping[str, Any], registry: Registry, found: Findings) -> Reference | None:
    """The gold of a dataset, compared with its corpus where that can be read."""
    fingerprint, name = dataset["fingerprint"], dataset["name"]
    try:
        kept = predictions.reference([store], fingerprint)
    except StoreError as error:
        found.wrong.append(f"dataset {name}: {error}")
        return None
    try:
        fresh = Reference.of(reread(predictions.about_data([store], fingerprint), registry))
    except (DataError, SeqbenchError) as error:
        found.unknown.append(f"dataset {name}: its gold tags were not compared with its corpus: {error}")
        return kept
    parts = ("gold", "offsets", "known", "ambiguous")
    if any(not np.array_equal(getattr(kept, part), getattr(fresh, part)) for part in parts):
        found.wrong.append(f"dataset {name}: the gold tags that lie here are not those of its corpus")
    return kept


def _trial(
    store: Store, trial: Mapping[str, Any], reference: Reference, registry: Registry, found: Findings
) -> Iterator[str]:
    path = store.trial_path(trial["label"], trial["seed"], trial["key"])
    kept, arrays = store.read_json(path), store.read_arrays(path)
    if key_of(kept["identity"]) != trial["key"]:
        yield "what determines it does not give its key"
    if kept["identity"]["dataset"] != trial["dataset"]:
        yield "it was made on other data than run.json says"
    if len(arrays["predicted"]) != len(reference.gold):
        yield f"it has {len(arrays['predicted'])} predictions for {len(reference.gold)} tokens"
        return
    if not np.array_equal(confusion(reference.outcome(arrays["predicted"])), arrays["confusion"]):
        yield "the confusion matrix is not that of its predictions"
    again = scored(TrialResult(predicted=arrays["predicted"]), reference, registry)
    for part in ("scores", "metrics"):
        yield from _differences(kept[part], json.loads(json.dumps(getattr(again, part))), found)


def _differences(kept: Mapping[str, Any], again: Mapping[str, Any], found: Findings) -> Iterator[str]:
    for name, value in kept.items():
        if name not in again:
            found.unknown.append(f"{name}: not recomputed, nothing that computes it is installed")
        elif again[name] != value:
            told = "" if isinstance(value, list) else f": {value!r} is kept, {again[name]!r} comes out"
            yield f"{name} is not what its predictions give{told}"
