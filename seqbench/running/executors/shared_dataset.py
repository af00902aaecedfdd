"""A dataset as a description of plain data and one file of bytes, which any number of processes map into memory.

Nothing is pickled: arrays lie in the file as they are in memory, word forms as JSON. The file has no name on disk, so
that nothing is left of it when the process that made it dies.
"""

from __future__ import annotations

import io
import json
import mmap
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqbench.data.ceilings import Ceilings
from seqbench.data.corpus import Corpus, Sequences, Strings, strings
from seqbench.data.dataset import Dataset
from seqbench.errors import StoreError
from seqbench.results.npz import AnyArray
from seqbench.results.records import Json

Memory: TypeAlias = mmap.mmap | memoryview
Description: TypeAlias = Mapping[str, Json]
"""Plain data about a dataset: its name and notes, and where each array lies in the bytes."""
_ALIGNED = 64  # bytes: any element type may start there


@dataclass(frozen=True)
class Packed:
    """A dataset outside of any process: the description of a file, and the open file."""

    description: Description
    file: IO[bytes]


def pack(dataset: Dataset) -> Packed:
    """Write a dataset into a file without a name. Raises `StoreError` if the temporary folder has no room for it."""
    try:
        file = tempfile.TemporaryFile(prefix="seqbench-")  # noqa: SIM115 -- it stays open as long as the run
        description = _written(file, dataset)
        file.flush()
        return Packed(description, _read_only(file))
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(f"cannot share {dataset.name!r} with worker processes in {tempfile.gettempdir()!r}: {why}; "
                         "set TMPDIR to a folder with more room") from error  # fmt: skip


def _read_only(file: IO[bytes]) -> IO[bytes]:
    """The file opened once more, to be read alone: memory mapped from it cannot be made writable (Linux)."""
    again = Path("/proc/self/fd", str(file.fileno()))
    if not again.exists():
        return file
    with file:
        return again.open("rb")


def packed_in(dataset: Dataset) -> tuple[Description, NDArray[np.uint8]]:
    """The description of a dataset and the bytes that it describes, for processes that have no file in common."""
    buffer = io.BytesIO()
    description = _written(buffer, dataset)
    return description, np.frombuffer(buffer.getvalue(), np.uint8)


def unpack(description: Description, descriptor: int) -> Dataset:
    """The dataset of a description and the file that it describes, whose memory all processes share."""
    memory = mmap.mmap(descriptor, 0, prot=mmap.PROT_READ)
    np.frombuffer(memory, np.uint8)[:: mmap.PAGESIZE].sum()  # read it now: it is no part of any trial's memory
    return dataset_in(description, memory)


def dataset_in(description: Description, memory: Memory) -> Dataset:
    """The dataset of a description in memory that holds its bytes; its arrays are that memory."""
    splits: dict[str, Corpus] = {}
    for name, parts in description["splits"].items():
        splits[name] = _read_corpus(memory, parts, splits.get("train"))
    return Dataset(
        name=description["name"],
        train=splits["train"],
        dev=splits.get("dev"),
        test=splits["test"],
        ceiling=description["ceiling"],
        notes=tuple(description["notes"]),
        source=description["source"],
        ceilings=msgspec.convert(description["ceilings"], Ceilings | None, strict=False),
    )


def _written(file: IO[bytes], dataset: Dataset) -> dict[str, Json]:
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    about = {"name": dataset.name, "ceiling": dataset.ceiling, "notes": dataset.notes, "source": dataset.source}
    packed = {name: _corpus(file, split, dataset.train) for name, split in splits.items() if split is not None}
    ceilings = dataset.ceilings and dataset.ceilings.as_json()
    return {**about, "ceilings": ceilings, "splits": packed}


def _corpus(file: IO[bytes], corpus: Corpus, train: Corpus) -> dict[str, Json]:
    return {
        "sentences": _sequences(file, corpus.sentences, train.sentences),
        "tags": _sequences(file, corpus.tags, train.tags),
        "documents": _array(file, corpus.documents),
    }


def _sequences(file: IO[bytes], sequences: Sequences, train: Sequences) -> dict[str, Json]:
    """Write sequences; of dev and test only the forms that train does not have."""
    known = 0 if sequences is train else len(train.vocabulary)
    own = json.dumps(sequences.vocabulary[known:].tolist()).encode()
    return {
        "ids": _array(file, sequences.ids),
        "offsets": _array(file, sequences.offsets),
        "forms": _array(file, np.frombuffer(own, np.uint8)),
        "layers": {name: _sequences(file, layer, train.layers[name]) for name, layer in sequences.layers.items()},
    }


def _array(file: IO[bytes], array: AnyArray) -> dict[str, Json]:
    file.write(b"\0" * (-file.tell() % _ALIGNED))
    start = file.tell()
    file.write(np.ascontiguousarray(array).data)
    return {"at": start, "length": len(array), "type": array.dtype.str}


def _read_corpus(memory: Memory, parts: Description, train: Corpus | None) -> Corpus:
    return Corpus(
        _read_sequences(memory, parts["sentences"], train.sentences if train else None),
        _read_sequences(memory, parts["tags"], train.tags if train else None),
        _read_array(memory, parts["documents"]),
    )


def _read_sequences(memory: Memory, parts: Description, train: Sequences | None) -> Sequences:
    own: Strings = strings(json.loads(_read_array(memory, parts["forms"]).tobytes()))
    layers = {
        name: _read_sequences(memory, layer, train.layers[name] if train else None)
        for name, layer in parts["layers"].items()
    }
    return Sequences(
        _read_array(memory, parts["ids"]),
        _read_array(memory, parts["offsets"]),
        np.concatenate([train.vocabulary, own]) if train else own,
        MappingProxyType(layers),
    )


def _read_array(memory: Memory, part: Description) -> AnyArray:
    return np.frombuffer(memory, np.dtype(part["type"]), part["length"], part["at"])
