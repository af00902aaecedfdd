"""One reading of a run: what was read first holds for the whole command, also if another process changes the run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from seqbench.errors import StoreError
from seqbench.results.record_files import Arrays
from seqbench.results.records import DatasetRecord, FailureRecord, Manifest, TrialRecord
from seqbench.results.store import Store, TrialName

Name: TypeAlias = tuple[str, int, str]
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class _Memory:
    """Records that were read of one run, by what they are of; the manifest goes by ""."""

    manifest: dict[str, Manifest] = field(default_factory=dict)
    datasets: dict[str, DatasetRecord] = field(default_factory=dict)
    finished: dict[Name, bool] = field(default_factory=dict)
    trials: dict[Name, TrialRecord] = field(default_factory=dict)
    failures: dict[Name, FailureRecord | None] = field(default_factory=dict)


@dataclass(frozen=True)
class RunReading(Store):
    """Run whose records are read once each, so that every part of a command sees the same run.

    Arrays are read each time they are needed. Those that another process has changed meanwhile are refused.
    """

    _memory: _Memory = field(default_factory=_Memory, compare=False, repr=False)

    @classmethod
    def of(cls, store: Store) -> RunReading:
        """The reading of a run that begins now, or the one that a store is already."""
        return store if isinstance(store, cls) else cls(store.folder, store.own)

    def manifest(self) -> Manifest:
        """Manifest as it was read first. Raises `StoreError` as `Store.manifest`."""
        return _once(self._memory.manifest, "", super().manifest)

    def dataset(self, fingerprint: str) -> DatasetRecord:
        """The record of a dataset as it was read first. Raises `StoreError` as `Store.dataset`."""
        read = super().dataset
        return _once(self._memory.datasets, fingerprint, lambda: read(fingerprint))

    def is_finished(self, trial: TrialName) -> bool:
        """Whether a trial was finished when that was asked first."""
        finished = super().is_finished
        return _once(self._memory.finished, _name(trial), lambda: finished(trial))

    def trial(self, trial: TrialName) -> TrialRecord | None:
        """The record as it was read first, None if the trial was not finished.

        Raises `StoreError` as `Store.trial`, and if the trial was finished and is gone.
        """
        name = _name(trial)
        known = self._memory.trials.get(name)
        if known is None and self.is_finished(trial):
            known = self._memory.trials[name] = self._still_there(trial)
        return known

    def _still_there(self, trial: TrialName) -> TrialRecord:
        record = super().trial(trial)
        if record is None:
            raise self._changed(trial)
        return record

    def failure(self, trial: TrialName) -> FailureRecord | None:
        """Why a trial had failed when that was asked first, None if it had not."""
        read = super().failure
        return _once(self._memory.failures, _name(trial), lambda: read(trial))

    def trial_arrays(self, trial: TrialRecord, names: Collection[str] = ()) -> Arrays:
        """The arrays of a finished trial, as `Store.trial_arrays`.

        Raises `StoreError` if they cannot be used, and if the trial is no longer the one that was read.
        """
        try:
            return super().trial_arrays(trial, names)
        except StoreError as error:
            if super().trial(trial) != trial:
                raise self._changed(trial) from error
            raise

    def _changed(self, trial: TrialName) -> StoreError:
        path = str(self.trial_path(trial))
        return StoreError(f"{path!r} was changed or removed while the run was read; start the command again")


def readings(stores: Sequence[Store]) -> list[RunReading]:
    """Readings of runs that begin now; a run that is given twice counts once."""
    return [RunReading.of(store) for store in {store.folder.resolve(): store for store in stores}.values()]


def _name(trial: TrialName) -> Name:
    return trial.label, trial.seed, trial.key


def _once(known: dict[Key, Value], key: Key, read: Callable[[], Value]) -> Value:
    """A value of a mapping, which is read if it is not there yet."""
    if key not in known:
        known[key] = read()
    return known[key]
