"""Runs on disk: one folder a run, one finished file a trial, written so that no crash leaves half of one.

    run.json                                  the manifest: command, versions, device, datasets, trials wanted
    data/<fingerprint>.json, .npz             tag names, source, notes; gold ids, offsets, flags
    trials/<label>-s<seed>-<key>.json, .npz   finished: scores, timings, learning curve; predicted ids, confusion
    trials/<label>-s<seed>-<key>.failed.json  failed: plugin, version, error, lines of its traceback; never reused

The .npz is written first and the .json, which holds its SHA-256, last: finished means that the .json is there.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench import processes
from seqbench.errors import StoreError

Arrays = Mapping[str, NDArray[Any]]

_PARTS = ("data", "trials")


@dataclass(frozen=True)
class Store:
    """One run folder."""

    folder: Path

    @classmethod
    def create(cls, folder: Path) -> Store:
        """The run at this place, new or begun before; `StoreError` where no run can be."""
        store = cls(Path(folder))
        if store.folder.is_dir() and not store.manifest_path.exists() and store._holds_other_files():
            message = f"{str(folder)!r} holds other files and no run; choose another --out"
            raise StoreError(message)
        for part in _PARTS:
            explained(store.folder, lambda part=part: (store.folder / part).mkdir(parents=True, exist_ok=True))
        return store

    @classmethod
    def open(cls, folder: Path) -> Store:
        """An existing run; `StoreError` where there is none."""
        store = cls(Path(folder))
        if not store.manifest_path.is_file():
            message = f"{str(folder)!r} is no run: it has no run.json; a run is the folder that 'seqbench run' named"
            raise StoreError(message)
        return store

    def _holds_other_files(self) -> bool:
        """Whether there is anything that no run has begun with before it was stopped."""
        return any(path.name not in _PARTS and path.suffix != ".tmp" for path in self.folder.iterdir())

    def sweep(self) -> None:
        """Remove the unfinished files of processes of this machine that were stopped while they wrote."""
        for path in [*self.folder.glob(".*.tmp"), *self.folder.glob("*/.*.tmp")]:
            if processes.left(path):
                path.unlink(missing_ok=True)

    @property
    def manifest_path(self) -> Path:
        """Where run.json lies."""
        return self.folder / "run.json"

    def trial_path(self, label: str, seed: int, key: str, ending: str = ".json") -> Path:
        """Where a trial lies; what a file name may not hold becomes an underscore."""
        safe = re.sub(r"[^\w.+-]+", "_", label, flags=re.ASCII).strip("_.")[:80] or "model"
        return self.folder / "trials" / f"{safe}-s{seed}-{key}{ending}"

    def write_json(self, path: Path, content: Mapping[str, Any]) -> None:
        """Write a file whole or not at all."""
        text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
        explained(self.folder, lambda: _write(path, text.encode()))

    def write_pair(self, path: Path, content: Mapping[str, Any], arrays: Arrays) -> None:
        """Write the arrays beside `path`, then `path` with their SHA-256: whole or not at all.

        An earlier `path` goes first, so that it never stands beside arrays that are not its own.
        """
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        explained(self.folder, lambda: path.unlink(missing_ok=True))
        explained(self.folder, lambda: _write(path.with_suffix(".npz"), buffer.getvalue()))
        self.write_json(path, {**content, "npz_sha256": hashlib.sha256(buffer.getvalue()).hexdigest()})

    def read_json(self, path: Path) -> dict[str, Any]:
        """Read a file back; `StoreError` where it is not what was written."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            message = f"{str(path)!r} cannot be read: {error}"
            raise StoreError(message) from error
        if not isinstance(content, dict):
            message = f"{str(path)!r} is no file of a run: it holds no JSON object"
            raise StoreError(message)
        return content

    def read_arrays(self, path: Path, names: Collection[str] = ()) -> Arrays:
        """The arrays beside a .json file, or those of these names that are there, which is quicker.

        `StoreError` where they are not the ones that belong to the file.
        """
        expected = self.read_json(path).get("npz_sha256")
        content = explained(self.folder, path.with_suffix(".npz").read_bytes)
        if hashlib.sha256(content).hexdigest() != expected:
            message = f"{str(path.with_suffix('.npz'))!r} is not the file that {path.name!r} was written with"
            raise StoreError(message)
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays if not names or name in names}

    def is_finished(self, label: str, seed: int, key: str) -> bool:
        """Whether a trial is finished, without reading it."""
        return self.trial_path(label, seed, key).is_file()

    def finished(self, label: str, seed: int, key: str) -> dict[str, Any] | None:
        """The finished trial, or None."""
        path = self.trial_path(label, seed, key)
        return self.read_json(path) if path.is_file() else None

    def earlier(self, label: str, seed: int) -> Iterator[dict[str, Any]]:
        """The finished trials of this label and seed, whatever their key."""
        for path in sorted((self.folder / "trials").glob(self.trial_path(label, seed, "*").name)):
            if not path.name.endswith(".failed.json"):
                yield self.read_json(path)


def _write(path: Path, content: bytes) -> None:
    """By a temporary name, fsync, rename, then fsync of the folder."""
    temporary = processes.temporary(path)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def explained(folder: Path, act: Any) -> Any:
    """What `act` gives; an `OSError` becomes the one message that a user needs."""
    try:
        return act()
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(f"cannot use the run folder {str(folder)!r}: {why}; finished trials are kept, "
                         "and once this is put right the same command goes on") from error  # fmt: skip
