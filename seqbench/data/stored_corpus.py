"""A corpus as a folder of arrays, which are mapped into memory when the corpus is opened again; no pickle.

`corpus.json`, written last, names the arrays with their types, lengths and checksums (CRC-32). An array that is a
whole file of the folder already (`numpy.memmap`), as a reader wrote it there, is not copied.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, TypedDict

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus, Ids, Offsets, Sequences, strings
from seqbench.data.origins import Origins

INDEX = "corpus.json"
_FORMAT = 2
_BLOCK = 1 << 22
_TYPES = ("<i4", "<i8", "|u1")
Numbers: TypeAlias = Ids | Offsets | NDArray[np.uint8]


class _Stored(TypedDict):
    """An array: its file in the folder, type, length, and checksum."""

    file: str
    type: str
    length: int
    crc32: int


class _Index(TypedDict):
    """The content of `corpus.json`."""

    format: int
    arrays: dict[str, _Stored]
    layers: list[str]
    notes: list[str]
    document_ids: list[str]
    files: list[str] | None


def write(corpus: Corpus, folder: Path) -> None:
    """Write a corpus into a folder, which then holds nothing else. Raises `OSError` if that fails."""
    arrays = {name: _stored(name, array, folder) for name, array in _arrays(corpus).items()}
    index: _Index = {
        "format": _FORMAT,
        "arrays": arrays,
        "layers": list(corpus.sentences.layers),
        "notes": list(corpus.notes),
        "document_ids": list(corpus.document_ids),
        "files": list(corpus.origins.files) if corpus.origins else None,
    }
    for path in folder.iterdir():
        if path.name not in {array["file"] for array in arrays.values()}:
            path.unlink()
    (folder / INDEX).write_text(json.dumps(index), encoding="ascii")


def opened(folder: Path) -> Corpus | None:
    """Corpus of a folder, None if there is none, or it is not as it was written."""
    try:
        index: _Index = json.loads((folder / INDEX).read_text(encoding="ascii"))
        if index["format"] != _FORMAT:
            return None
        arrays = {name: _mapped(stored, folder) for name, stored in index["arrays"].items()}
        return _corpus(arrays, index)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _arrays(corpus: Corpus) -> dict[str, Numbers]:
    """All arrays of a corpus by name, strings as bytes of JSON."""
    arrays: dict[str, Numbers] = {"offsets": corpus.sentences.offsets, "documents": corpus.documents}
    layers = {f"layer-{number}": layer for number, layer in enumerate(corpus.sentences.layers.values())}
    for name, sequences in {"words": corpus.sentences, "tags": corpus.tags, **layers}.items():
        arrays |= {name: sequences.ids, f"{name}-forms": _as_bytes(sequences.vocabulary.tolist())}
    if origins := corpus.origins:
        arrays |= {"origins": origins.numbers, "lines": origins.lines}
        if origins.sent_ids is not None:
            arrays["sent-ids"] = _as_bytes([name.decode("latin-1") for name in origins.sent_ids.tolist()])
    return arrays


def _as_bytes(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(texts).encode("ascii"), np.uint8)


def _stored(name: str, array: Numbers, folder: Path) -> _Stored:
    """Write an array, unless it is a whole file of the folder already."""
    mapped = getattr(array, "filename", None)
    path = Path(mapped or "")
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    if mapped is None or path.parent != folder or path.stat().st_size != array.nbytes:
        path = folder / f"{name}.bin"
        little.tofile(path)
    return {"file": path.name, "type": little.dtype.str, "length": len(array), "crc32": _checksum(path)}


def _checksum(path: Path) -> int:
    """CRC-32 of a file, which is read by blocks, so that no page of it stays in the memory of the process."""
    value = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            value = zlib.crc32(block, value)
    return value


def _mapped(stored: _Stored, folder: Path) -> Numbers:
    """Array of a file. Raises `ValueError` if the file has other content than was written."""
    path = folder / Path(stored["file"]).name
    kind = np.dtype(stored["type"])
    if kind.str not in _TYPES or path.stat().st_size != stored["length"] * kind.itemsize:
        raise ValueError(f"{path}: another size")
    if _checksum(path) != stored["crc32"]:
        raise ValueError(f"{path}: another content")
    return np.asarray(np.memmap(path, kind, "r")) if stored["length"] else np.zeros(0, kind)


def _corpus(arrays: Mapping[str, Numbers], index: _Index) -> Corpus:
    layers = {name: _sequences(f"layer-{number}", arrays) for number, name in enumerate(index["layers"])}
    return Corpus(
        replace(_sequences("words", arrays), layers=MappingProxyType(layers)),
        _sequences("tags", arrays),
        arrays["documents"].astype(np.int64),
        tuple(index["notes"]),
        tuple(index["document_ids"]),
        None if index["files"] is None else _origins(index["files"], arrays),
    )


def _sequences(name: str, arrays: Mapping[str, Numbers]) -> Sequences:
    ids, offsets = arrays[name].astype(np.int32, copy=False), arrays["offsets"].astype(np.int64, copy=False)
    return Sequences(ids, offsets, strings(_texts(arrays[f"{name}-forms"])))


def _origins(files: Sequence[str], arrays: Mapping[str, Numbers]) -> Origins:
    names = None
    if "sent-ids" in arrays:
        texts = _texts(arrays["sent-ids"])
        names = np.empty(len(texts), object)
        names[:] = [text.encode("latin-1") for text in texts]
    numbers, lines = arrays["origins"].astype(np.int32, copy=False), arrays["lines"].astype(np.int64, copy=False)
    return Origins(files=tuple(files), numbers=numbers, lines=lines, sent_ids=names)


def _texts(array: Numbers) -> list[str]:
    texts: list[str] = json.loads(array.tobytes())
    return texts
