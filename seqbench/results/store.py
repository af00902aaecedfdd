"""Runs on disk: one folder a run, one finished file a trial, written so that no crash leaves half of one.

    run.json                                  the manifest: command, versions, device, datasets, trials wanted
    data/<fingerprint>.json, .npz             tag names, source, notes; gold ids, offsets, flags
    trials/<label>-s<seed>-<key>.json, .npz   finished: scores, timings, learning curve; predicted ids, confusion
    trials/<label>-s<seed>-<key>.failed.json  failed: plugin, version, error, lines of its traceback; never reused

The .npz is written first and the .json, which holds its SHA-256, last: finished means that the .json is there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as with_parts
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from msgspec.structs import replace

from seqbench.errors import StoreError
from seqbench.results.array_check import checked_dataset, checked_trial
from seqbench.results.file_names import file_name, older_file_name
from seqbench.results.files import explained, holds_something
from seqbench.results.merged_manifest import merged
from seqbench.results.paths import resolved_source
from seqbench.results.process_identity import left
from seqbench.results.record_files import (
    ANEW,
    Arrays,
    read_arrays,
    read_record,
    required_record,
    write_pair,
    write_record,
)
from seqbench.results.records import DatasetRecord, DatasetSummary, FailureRecord, Manifest, TrialRecord, WantedTrial
from seqbench.results.trial_locks import one_at_a_time

Located = TypeVar("Located", DatasetSummary, DatasetRecord)

_PARTS = ("data", "trials")
_MODELS = "models"
KINDS = MappingProxyType(
    {
        "external": "predictions that 'seqbench score' read",
        "tuning": "a search of 'seqbench tune'",
        "run": "another run",
    }
)
"""What a folder may hold, by the key of run.json that tells."""


class TrialName(Protocol):
    """Name that tells one trial of a run from all others: its label, seed and key."""

    @property
    def label(self) -> str:
        """The model's label."""
        ...

    @property
    def seed(self) -> int:
        """The seed."""
        ...

    @property
    def key(self) -> str:
        """The 12 hex digits of all that determines the result."""
        ...


@dataclass(frozen=True)
class Store:
    """One run folder; `own`, where it is set, is the part of run.json that one request asked for."""

    folder: Path
    own: Manifest | None = field(default=None, compare=False, repr=False)

    @classmethod
    def create(cls, folder: Path) -> Store:
        """The run at this place, new or begun before. Raises `StoreError` if no run can be there."""
        store = cls(Path(folder))
        if store.folder.is_dir() and not store.manifest_path.exists() and store._holds_other_files():
            raise StoreError(f"{str(folder)!r} holds other files and no run; choose another --out")
        with explained(store.folder):
            for part in _PARTS:
                (store.folder / part).mkdir(parents=True, exist_ok=True)
        return store

    @classmethod
    def open(cls, folder: Path) -> Store:
        """An existing run. Raises `StoreError` if there is none."""
        store = cls(Path(folder))
        if not store.manifest_path.is_file():
            message = f"{str(folder)!r} is no run: it has no run.json; a run is the folder that 'seqbench run' named"
            raise StoreError(message)
        return store

    def _holds_other_files(self) -> bool:
        """Whether there is anything that no run has begun with before it was stopped."""
        return any(path.name not in (*_PARTS, _MODELS) and path.suffix != ".tmp" for path in self.folder.iterdir())

    def refuse_other(self, kind: str) -> None:
        """Raises `StoreError` if a run.json of another kind lies here: one of `KINDS`."""
        if self.manifest_path.is_file():
            manifest = self.manifest()
            here = next((name for name in KINDS if getattr(manifest, name, None)), "run")
            if here != kind:
                raise StoreError(f"{str(self.folder)!r} holds {KINDS[here]}; choose another --out")

    def sweep(self) -> None:
        """Remove the unfinished files of processes of this machine that were stopped while they wrote."""
        for path in [*self.folder.glob(".*.tmp"), *self.folder.glob("*/.*.tmp")]:
            if left(path) and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif left(path):
                path.unlink(missing_ok=True)

    @property
    def manifest_path(self) -> Path:
        """Where run.json lies."""
        return self.folder / "run.json"

    def manifest(self) -> Manifest:
        """Manifest in run.json, with data where they are now. Raises `StoreError` if it cannot be read."""
        manifest = self.own or required_record(str(self.manifest_path), Manifest)
        earlier = tuple(replace(request, folder=self._begun_in(request.folder)) for request in manifest.earlier)
        manifest = replace(manifest, folder=self._begun_in(manifest.folder), earlier=earlier)
        return replace(manifest, datasets=tuple(self._located(dataset) for dataset in manifest.datasets))

    def _begun_in(self, folder: str) -> str:
        """The absolute path of a folder that is written from the run's own; "" if none is known."""
        return os.path.realpath(self.folder / folder) if folder else ""

    def write_manifest(self, manifest: Manifest) -> None:
        """Write run.json."""
        write_record(self.manifest_path, manifest, self.folder)

    def add_request(self, manifest: Manifest, same: Callable[[WantedTrial], bool]) -> Manifest:
        """Write run.json with what earlier requests asked for too, and return it; `same` as in `merged`."""
        with explained(self.folder), one_at_a_time(self.folder):
            before = (
                self.manifest()
                if self.manifest_path.is_file()
                else replace(manifest, datasets=(), trials=(), superseded=())
            )
            whole = merged(before, manifest, same)
            self.write_manifest(whole)
        return whole

    def only(self, manifest: Manifest) -> Store:
        """The folder as one request sees it."""
        return with_parts(self, own=manifest)

    def dataset_path(self, fingerprint: str) -> Path:
        """Where the record of a dataset lies."""
        return self.folder / "data" / f"{fingerprint}.json"

    def dataset(self, fingerprint: str) -> DatasetRecord:
        """The record of a dataset, with its source where it is now. Raises `StoreError` if it cannot be read."""
        path = str(self.dataset_path(fingerprint))
        record = required_record(path, DatasetRecord)
        if record.fingerprint != fingerprint:
            raise StoreError(f"{path!r} is not the dataset that it is named after; {ANEW}")
        return self._located(record)

    def _located(self, dataset: Located) -> Located:
        """A dataset whose source, written from the run's folder, is found from there or from the current folder."""
        return replace(dataset, source=resolved_source(dataset.source, [self.folder, Path()]))

    def write_dataset(self, record: DatasetRecord, arrays: Arrays) -> None:
        """Keep a dataset's record with its arrays."""
        write_pair(self.dataset_path(record.fingerprint), record, arrays, self.folder)

    def dataset_arrays(self, record: DatasetRecord) -> Arrays:
        """The arrays of a dataset. Raises `StoreError` if they are not those that its record was written with."""
        arrays = read_arrays(f"{self.folder}/data/{record.fingerprint}", record.npz_sha256, ())
        return checked_dataset(arrays, record)

    def trial_path(self, trial: TrialName, ending: str = ".json") -> Path:
        """Where a trial lies, by its label as a file name (`seqbench.results.file_names`)."""
        return Path(self._place(trial) + ending)

    def _place(self, trial: TrialName) -> str:
        """The path of a trial without an ending, as text: of thousands of trials that is much quicker."""
        name, older = file_name(trial.label), older_file_name(trial.label)
        path = self._named(name, trial)
        if name != older and not holds_something(f"{path}.json") and self._is_of(self._named(older, trial), trial):
            return self._named(older, trial)
        return path

    def _named(self, name: str, trial: TrialName) -> str:
        return f"{self.folder}/trials/{name}-s{trial.seed}-{trial.key}"

    @staticmethod
    def _is_of(path: str, trial: TrialName) -> bool:
        """Whether a trial lies at a place of older versions, whose names several labels shared."""
        if not holds_something(f"{path}.json"):
            return False
        record = read_record(f"{path}.json", TrialRecord)
        return record is not None and record.label == trial.label

    def is_finished(self, trial: TrialName) -> bool:
        """Whether a trial is finished, without reading it; one whose file is empty is not."""
        return holds_something(f"{self._place(trial)}.json")

    def is_damaged(self, trial: TrialName) -> str:
        """Words for what lies in the place of a finished trial and is none; "" if nothing does."""
        path = f"{self._place(trial)}.json"
        if holds_something(path) or not os.path.lexists(path):
            return ""
        return f"{path!r} is {'empty' if Path(path).is_file() else 'no regular file'}: it counts as not finished"

    def trial(self, trial: TrialName) -> TrialRecord | None:
        """The record of a finished trial, None of one that is not. Raises `StoreError` if it cannot be read."""
        path = f"{self._place(trial)}.json"
        record = read_record(path, TrialRecord) if holds_something(path) else None
        if record and (record.label, record.seed, record.key) != (trial.label, trial.seed, trial.key):
            raise StoreError(f"{path!r} is not the trial that it is named after; {ANEW}")
        return record

    def required_trial(self, trial: TrialName) -> TrialRecord:
        """The record of a finished trial. Raises `StoreError` if it is not there, or cannot be read."""
        record = self.trial(trial)
        if record is None:
            raise StoreError(f"'{self._place(trial)}.json' is not there; the same command with the same --out runs it")
        return record

    def trial_arrays(self, trial: TrialRecord, names: Collection[str] = ()) -> Arrays:
        """The arrays of a finished trial, or those of these names that are there, which is quicker.

        Raises `StoreError` if they are not those that its record was written with.
        """
        path = self._place(trial)
        return checked_trial(read_arrays(path, trial.npz_sha256, names), names, path)

    def write_trial(self, record: TrialRecord, arrays: Arrays) -> None:
        """Keep a finished trial; what it left when it failed before goes."""
        write_pair(self.trial_path(record), record, arrays, self.folder)
        self.trial_path(record, ".failed.json").unlink(missing_ok=True)

    def failure(self, trial: TrialName) -> FailureRecord | None:
        """Why a trial failed, None if it has not. Raises `StoreError` if that cannot be read."""
        path = f"{self._place(trial)}.failed.json"
        return read_record(path, FailureRecord) if holds_something(path) else None

    def write_failure(self, record: FailureRecord) -> None:
        """Keep a failure."""
        write_record(self.trial_path(record, ".failed.json"), record, self.folder)

    def finished_trials(self, pattern: str = "*") -> Iterator[TrialRecord]:
        """The records of all finished trials whose file names fit a pattern, in the order of these names."""
        for path in sorted(self._finished_paths(pattern)):
            yield required_record(str(path), TrialRecord)

    def earlier(self, trial: TrialName) -> Iterator[TrialRecord]:
        """The finished trials of the same label and seed, whatever their key."""
        names = dict.fromkeys([file_name(trial.label), older_file_name(trial.label)])
        records = (record for name in names for record in self.finished_trials(f"{name}-s{trial.seed}-*"))
        return (record for record in records if record.label == trial.label)

    def keys(self) -> set[str]:
        """The keys of all finished trials, whatever their labels."""
        return {path.stem.rpartition("-")[2] for path in self._finished_paths("*")}

    def take_over(self, trial: TrialName) -> bool:
        """Keep a trial that is finished under another label under this one too; False if there is none."""
        for record in self.finished_trials(f"*-{trial.key}"):
            self.write_trial(replace(record, label=trial.label), self.trial_arrays(record))
            return True
        return False

    def _finished_paths(self, pattern: str) -> list[Path]:
        paths = (self.folder / "trials").glob(f"{pattern}.json")
        return [path for path in paths if not path.name.endswith(".failed.json") and holds_something(str(path))]
