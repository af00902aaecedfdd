"""Several runs as one: their finished trials side by side in a new folder, where no two contradict each other.

Trials are told apart by their keys: the same key is the same trial, and two of one label, seed and dataset with other
keys were made in another way. A conflict is refused before anything is written.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_parts
from functools import reduce
from pathlib import Path

import msgspec
from msgspec.structs import replace

from seqbench.errors import StoreError, UsageError
from seqbench.results.merge_conflicts import holders_of, refuse_contradictions
from seqbench.results.merged_manifest import merged
from seqbench.results.model_folder import place_of
from seqbench.results.paths import resolved_source, resolved_text
from seqbench.results.records import EarlierRequest, Manifest, TrialRecord, WantedTrial
from seqbench.results.store import Store


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A run that holds others: how many trials it has, and how many of them several runs had."""

    store: Store
    trials: int
    alike: int


def merge(stores: Sequence[Store], folder: Path, command: Sequence[str] = ()) -> Merge:
    """Write a run that holds all trials of these, with the models that they kept.

    Raises `UsageError` if the runs contradict each other: other data of one name, another spec under one label, a trial
    of other conditions, or other predictions under one key. Raises `StoreError` if the folder holds something else.
    """
    distinct = list({store.folder.resolve(): store for store in stores}.values())
    if len(distinct) <= 1:
        raise UsageError("merge takes two runs or more")
    target = Store.create(folder)
    if target.manifest_path.exists():
        raise StoreError(f"{str(folder)!r} holds a run; choose another --out")
    for store in distinct:
        store.refuse_other("run")
    manifests = [store.manifest() for store in distinct]
    refuse_contradictions(distinct, manifests)
    owners = holders_of(distinct, manifests)
    for fingerprint in {trial.dataset for trial in owners}:
        _copy_dataset(
            next(store for store in distinct if store.dataset_path(fingerprint).is_file()), fingerprint, target
        )
    for trial, holders in owners.items():
        _copy(trial, holders, target)
    target.write_manifest(_manifest(distinct, manifests, command))
    return Merge(store=target, trials=len(owners), alike=sum(len(holders) > 1 for holders in owners.values()))


def _copy(trial: WantedTrial, holders: Sequence[Store], target: Store) -> None:
    """Copy a trial from the first run that has it, or why it failed, and the model that was kept of it."""
    if not holders:
        return
    source = holders[0]
    record, failure = source.trial(trial), source.failure(trial)
    if record is not None:
        target.write_trial(_moved(record, source), source.trial_arrays(record))
    elif failure is not None:
        target.write_failure(failure)
    for holder in holders:
        kept, path = (place_of(run.folder, trial.label, trial.seed, trial.key) for run in (holder, target))
        if kept.is_dir() and not path.exists():
            shutil.copytree(kept, path, symlinks=True)


def _copy_dataset(source: Store, fingerprint: str, target: Store) -> None:
    record = source.dataset(fingerprint)
    target.write_dataset(record, source.dataset_arrays(record))


def _moved(record: TrialRecord, source: Store) -> TrialRecord:
    """A record whose data are found from another folder, too."""
    source_path = resolved_source(record.dataset.source, [source.folder, Path()])
    return replace(record, dataset=with_parts(record.dataset, source=source_path))


def _manifest(stores: Sequence[Store], manifests: Sequence[Manifest], command: Sequence[str]) -> Manifest:
    """Manifest of all requests together."""
    whole = reduce(lambda before, now: merged(before, now, lambda _trial: True), manifests)
    requests = [
        request for store, manifest in zip(stores, manifests, strict=True) for request in _requests(store, manifest)
    ]
    alike = {part: {getattr(manifest, part) for manifest in manifests} for part in ("device", "threads")}
    same = {part: next(iter(values)) if len(values) == 1 else None for part, values in alike.items()}
    return replace(whole, command=tuple(command), plan=None, folder="", earlier=tuple(requests), superseded=(), **same)


def _requests(store: Store, manifest: Manifest) -> list[EarlierRequest]:
    """The requests of a run, with paths that lead from everywhere to where they led from the run."""
    own = EarlierRequest(command=manifest.command, plan=manifest.plan, started=manifest.started, device=manifest.device)
    plain = msgspec.to_builtins([*manifest.earlier, own])
    folders = [store.folder, *([store.folder / manifest.folder] if manifest.folder else [])]
    return msgspec.convert(_resolved(plain, folders), list[EarlierRequest])


def _resolved(value: object, folders: Sequence[Path]) -> object:
    if isinstance(value, str):
        return resolved_text(value, folders)
    if isinstance(value, dict):
        return {name: _resolved(part, folders) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_resolved(part, folders) for part in value]
    return value
