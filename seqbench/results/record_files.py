"""A record as a file of JSON, alone or with arrays beside it: written whole, parsed and checked when it is read.

Arrays lie in an .npz of the same name, whose SHA-256 the record holds.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from seqbench.errors import StoreError, cause
from seqbench.results import npz
from seqbench.results.files import content_of, explained, write_whole
from seqbench.results.portable_records import portable_json
from seqbench.results.record_check import check
from seqbench.results.records import DatasetRecord, FailureRecord, Manifest, TrialRecord

Arrays = Mapping[str, NDArray[Any]]
Record = TypeVar("Record", Manifest, DatasetRecord, TrialRecord, FailureRecord)
ANEW = "bring it back from a copy, or remove it with what lies beside it: then the same 'seqbench run' makes it anew"
"""What to do about a file that is damaged."""


def write_record(path: Path, record: msgspec.Struct, run: Path) -> None:
    """Write a record, whole or not at all, with portable paths. Raises `StoreError` if the run cannot be written."""
    text = json.dumps(portable_json(msgspec.to_builtins(record), run), ensure_ascii=False, indent=1, allow_nan=False)
    with explained(run):
        write_whole(path, text.encode(errors="backslashreplace"))


def write_pair(path: Path, record: DatasetRecord | TrialRecord, arrays: Arrays, run: Path) -> None:
    """Write the arrays beside `path`, then the record there, with their SHA-256: whole or not at all.

    An earlier record goes first, so that it never stands beside arrays that are not its own.
    """
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    with explained(run):
        path.unlink(missing_ok=True)
        write_whole(path.with_suffix(".npz"), buffer.getvalue())
    write_record(path, replace(record, npz_sha256=hashlib.sha256(buffer.getvalue()).hexdigest()), run)


@lru_cache
def _decoder(kind: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def read_record(path: str, kind: type[Record]) -> Record | None:
    """The record that a file holds, None if there is no file. Raises `StoreError` if it holds anything else."""
    try:
        record: Record = _decoder(kind).decode(content_of(path))
        check(record)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise StoreError(f"{path!r} cannot be read: {cause(error)}; {ANEW}") from error
    return record


def required_record(path: str, kind: type[Record]) -> Record:
    """The record that a file holds. Raises `StoreError` if there is none."""
    record = read_record(path, kind)
    if record is None:
        raise StoreError(f"{path!r} is not there; run the same command with the same --out again")
    return record


def read_arrays(path: str, sha256: str, names: Collection[str]) -> Arrays:
    """The arrays of the .npz at a place, or those of these names. Raises `StoreError` if its SHA-256 is another."""
    try:
        content = content_of(f"{path}.npz")
    except OSError as error:
        message = f"'{path}.npz', {_beside(path)}, cannot be read: {cause(error)}"
        raise StoreError(f"{message}; {ANEW}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreError(f"'{path}.npz' is not {_beside(path)}; {ANEW}")
    try:
        return npz.arrays(content, names)
    except ValueError as error:
        raise StoreError(f"'{path}.npz' cannot be read: {error}; {ANEW}") from error


def _beside(path: str) -> str:
    return f"the file that '{Path(path).name}.json' was written with"
