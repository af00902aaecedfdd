"""Conflicts that keep runs from being one: other data, specs, conditions or predictions where all must be the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqbench.errors import UsageError
from seqbench.registry.specs import differing
from seqbench.results.listing import refuse_different_data
from seqbench.results.records import DatasetRecord, Manifest, ModelSummary, WantedTrial
from seqbench.results.store import Store

_SETTINGS = ("tags", "learned_tags", "scheme", "policy", "without_types", "scored_split")
"""Parts of a dataset's record on which predictions and scores depend."""
_RENAME = "give one of them a label of its own (label=spec)"


def refuse_contradictions(stores: Sequence[Store], manifests: Sequence[Manifest]) -> None:
    """Raises `UsageError` if runs contradict each other: other data, other specs, other conditions."""
    refuse_different_data([dataset for manifest in manifests for dataset in manifest.datasets])
    specs: dict[str, tuple[str, Store]] = {}
    settings: dict[str, tuple[DatasetRecord, Store]] = {}
    keys: dict[tuple[str, str, int], tuple[WantedTrial, Store]] = {}
    for store, manifest in zip(stores, manifests, strict=True):
        for model in manifest.models:
            _refuse_other_spec(store, specs, model)
        for dataset in manifest.datasets:
            _refuse_other_settings(store, settings, dataset.fingerprint)
        for trial in manifest.trials:
            _refuse_other_key(store, keys, trial)


def _refuse_other_spec(store: Store, seen: dict[str, tuple[str, Store]], model: ModelSummary) -> None:
    """Raises `UsageError` if a label stands for another spec in an earlier run."""
    spec, first = seen.setdefault(model.label, (model.spec, store))
    if spec != model.spec:
        earlier, later = differing(spec, model.spec)
        both = f"{earlier} in {_name(first)} and {later} in {_name(store)}"
        raise UsageError(f"label {model.label!r} is {both}; {_RENAME}")


def _refuse_other_key(
    store: Store, seen: dict[tuple[str, str, int], tuple[WantedTrial, Store]], trial: WantedTrial
) -> None:
    """Raises `UsageError` if a trial was made in another way in an earlier run."""
    other, first = seen.setdefault((trial.dataset, trial.label, trial.seed), (trial, store))
    if other.key != trial.key:
        both = f"{_name(first)} and {_name(store)}"
        why = _difference(first, other, store, trial)
        raise UsageError(f"{trial.label!r}, seed {trial.seed}, is not the same trial in {both}: {why}")


def _refuse_other_settings(store: Store, seen: dict[str, tuple[DatasetRecord, Store]], fingerprint: str) -> None:
    """Raises `UsageError` if a dataset was read or scored in another way in an earlier run."""
    if not store.dataset_path(fingerprint).is_file():
        return
    record = store.dataset(fingerprint)
    other, first = seen.setdefault(fingerprint, (record, store))
    for part in _SETTINGS:
        if getattr(other, part) != getattr(record, part):
            raise UsageError(f"dataset {record.name!r} has another {part!r} in {_name(first)} than in {_name(store)}")


def _difference(first: Store, trial: WantedTrial, second: Store, other: WantedTrial) -> str:
    """Difference between the identities of two trials, as far as both are finished."""
    records = [first.trial(trial), second.trial(other)]
    identities = [record.identity for record in records if record is not None]
    if len(identities) < len(records):
        return f"keys {trial.key} and {other.key}"
    a, b = identities
    parts = [name for name in dict.fromkeys([*a, *b]) if a.get(name) != b.get(name)]
    return f"{' and '.join(parts)} differ; {_RENAME}"


def holders_of(stores: Sequence[Store], manifests: Sequence[Manifest]) -> dict[WantedTrial, list[Store]]:
    """The runs that have finished each trial, else the first in which it failed, if it ran at all.

    Raises `UsageError` if two runs have other predictions for one trial.
    """
    holders: dict[WantedTrial, list[Store]] = {}
    failed: dict[WantedTrial, Store] = {}
    for store, manifest in zip(stores, manifests, strict=True):
        for trial in manifest.trials:
            having = holders.setdefault(trial, [])
            if store.is_finished(trial):
                if having:
                    _refuse_other_answers(trial, having[0], store)
                having.append(store)
            elif store.failure(trial):
                failed.setdefault(trial, store)
    return {trial: having or [failed[trial]] if trial in failed else having for trial, having in holders.items()}


def _refuse_other_answers(trial: WantedTrial, first: Store, second: Store) -> None:
    """Raises `UsageError` if two runs have other predictions for one trial."""
    arrays, other = (store.trial_arrays(store.required_trial(trial), ("predicted",)) for store in (first, second))
    if not np.array_equal(arrays["predicted"], other["predicted"]):
        both = f"{_name(first)} than in {_name(second)}"
        why = f"under the same key {trial.key}: the tagger draws without its seed, or the machines calculate otherwise"
        raise UsageError(f"{trial.label!r}, seed {trial.seed}, has other predictions in {both} {why}")


def _name(store: Store) -> str:
    return repr(str(store.folder))
