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
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.errors import StoreError
from seqbench.results import npz, process_identity

Arrays = Mapping[str, NDArray[Any]]

_PARTS = ("data", "trials")
KINDS = MappingProxyType(
    {
        "external": "predictions that 'seqbench score' read",
        "tuning": "a search of 'seqbench tune'",
        "run": "another run",
    }
)
"""What a folder may hold, by the key of run.json that tells."""
_ANEW = "bring it back from a copy, or remove it with what lies beside it: then the same 'seqbench run' makes it anew"


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

    def refuse_other(self, kind: str) -> None:
        """`StoreError` where a run.json of another kind lies: one of `KINDS`."""
        if self.manifest_path.is_file():
            manifest = self.read_json(self.manifest_path)
            found = next((one for one in KINDS if manifest.get(one)), "run")
            if found != kind:
                raise StoreError(f"{str(self.folder)!r} holds {KINDS[found]}; choose another --out")

    def sweep(self) -> None:
        """Remove the unfinished files of processes of this machine that were stopped while they wrote."""
        for path in [*self.folder.glob(".*.tmp"), *self.folder.glob("*/.*.tmp")]:
            if process_identity.left(path):
                path.unlink(missing_ok=True)

    @property
    def manifest_path(self) -> Path:
        """Where run.json lies."""
        return self.folder / "run.json"

    def trial_path(self, label: str, seed: int, key: str, ending: str = ".json") -> Path:
        """Where a trial lies; what a file name may not hold becomes an underscore."""
        return Path(self._place(label, seed, key) + ending)

    def _place(self, label: str, seed: int, key: str) -> str:
        """The same without an ending, as text: of thousands of trials that is much quicker."""
        return f"{self.folder}/trials/{_safe(label)}-s{seed}-{key}"

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
            return _parsed(str(path))
        except FileNotFoundError as error:
            raise StoreError(f"{str(path)!r} cannot be read: {error}") from error

    def read_arrays(self, path: Path, names: Collection[str] = ()) -> Arrays:
        """The arrays beside a .json file, or those of these names that are there, which is quicker.

        `StoreError` where they are not the ones that belong to the file.
        """
        return self._arrays(str(path.with_suffix("")), self.read_json(path), names)

    def arrays_of(self, trial: Mapping[str, Any], names: Collection[str] = ()) -> Arrays:
        """The same of a finished trial of this run that was read already."""
        return self._arrays(self._place(trial["label"], trial["seed"], trial["key"]), trial, names)

    def _arrays(self, place: str, about: Mapping[str, Any], names: Collection[str]) -> Arrays:
        try:
            content = _content(f"{place}.npz")
        except OSError as error:
            message = f"'{place}.npz', {_beside(place)}, cannot be read: {error.strerror or error}"
            raise StoreError(f"{message}; {_ANEW}") from error
        if hashlib.sha256(content).hexdigest() != about.get("npz_sha256"):
            raise StoreError(f"'{place}.npz' is not {_beside(place)}; {_ANEW}")
        return npz.arrays(content, names)

    def is_finished(self, label: str, seed: int, key: str) -> bool:
        """Whether a trial is finished, without reading it."""
        return os.path.isfile(f"{self._place(label, seed, key)}.json")  # noqa: PTH113 -- as in `_place`

    def keys(self) -> set[str]:
        """The keys of all finished trials, whatever their labels."""
        return {path.stem.rpartition("-")[2] for path in self._finished_paths("*")}

    def take_over(self, label: str, seed: int, key: str) -> bool:
        """Keep a trial that is finished under another label under this one too; False where there is none."""
        for path in self._finished_paths(f"*-{key}"):
            content, arrays = self.read_json(path), self.read_arrays(path)
            self.write_pair(self.trial_path(label, seed, key), {**content, "label": label}, arrays)
            return True
        return False

    def _finished_paths(self, pattern: str) -> list[Path]:
        found = (self.folder / "trials").glob(f"{pattern}.json")
        return [path for path in found if not path.name.endswith(".failed.json")]

    def finished(self, label: str, seed: int, key: str) -> dict[str, Any] | None:
        """The finished trial, or None."""
        path = f"{self._place(label, seed, key)}.json"
        try:
            content = _parsed(path)
        except FileNotFoundError:
            return None
        if (content.get("label"), content.get("seed"), content.get("key")) != (label, seed, key):
            raise StoreError(f"{path!r} is not the trial that it is named after; {_ANEW}")
        return content

    def earlier(self, label: str, seed: int) -> Iterator[dict[str, Any]]:
        """The finished trials of this label and seed, whatever their key."""
        for path in sorted((self.folder / "trials").glob(self.trial_path(label, seed, "*").name)):
            if not path.name.endswith(".failed.json"):
                yield self.read_json(path)


def _beside(place: str) -> str:
    return f"the file that '{Path(place).name}.json' was written with"


@lru_cache(maxsize=1024)
def _safe(label: str) -> str:
    return re.sub(r"[^\w.+-]+", "_", label, flags=re.ASCII).strip("_.")[:80] or "model"


def _parsed(path: str) -> dict[str, Any]:
    """The content of a .json; `FileNotFoundError` where there is none, `StoreError` where it is another."""
    try:
        content = json.loads(_content(path))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise StoreError(f"{path!r} cannot be read: {error}; {_ANEW}") from error
    if not isinstance(content, dict):
        raise StoreError(f"{path!r} is no file of a run: it holds no JSON object; {_ANEW}")
    return content


def _content(path: str) -> bytes:
    """All of a small file, without the layers that help with large ones."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    try:
        parts = []
        while part := os.read(file, 1 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(file)


def _write(path: Path, content: bytes) -> None:
    """By a temporary name, fsync, rename, then fsync of the folder."""
    temporary = process_identity.temporary(path)
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
