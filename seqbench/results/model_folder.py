"""The folder of a kept model: `model.json` says what it is, `learned/` holds what it learned, README.md is its card.

The files of `learned/` are the tagger's own (see `seqbench.Saveable`), `vocabulary/` has the words, tags and layers of
its training set; model.json has the sizes and SHA-256 of all. A folder
may come from a stranger: nothing of it is executed, no path leads out of it, and it is refused unless its files are
those that model.json lists.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from seqbench.data.regular_files import opened
from seqbench.errors import StoreError, cause
from seqbench.registry.continued_models import RECORD
from seqbench.results.files import content_of, write_whole
from seqbench.results.model_card import card
from seqbench.results.model_record import FORMAT, KeptFile, ModelRecord
from seqbench.results.portable_records import portable_json

LEARNED, VOCABULARY, CARD = "learned", "vocabulary", "README.md"
_LARGEST_RECORD = 1 << 26
_MOST_FILES = 10_000
_AT_ONCE = 1 << 20
_NAME = re.compile(r"(learned|vocabulary)(/[\w+-][\w.+-]*){1,8}", re.ASCII)
_CODE = (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".sh", ".pth", ".pkl", ".pickle", ".pt")
"""Endings of files that some program may execute: a model has none."""
_ANEW = "fetch it again from where it came from, or train it again with 'seqbench train'"


def write_model(folder: Path, record: ModelRecord) -> ModelRecord:
    """Write model.json and the card of a folder whose `learned/` is there; the record with its files.

    The card is written before model.json: a folder with model.json is whole. Raises `StoreError`.
    """
    try:
        names = sorted(_files(folder))
        files = tuple(KeptFile(name=name, bytes=size, sha256=_sha256(folder / name)) for name, size in names)
        whole = replace(record, files=files)
        text = json.dumps(portable_json(msgspec.to_builtins(whole), folder), ensure_ascii=False, indent=1)
        write_whole(folder / CARD, card(whole).encode())
        write_whole(folder / RECORD, text.encode())
    except OSError as error:
        raise StoreError(f"cannot keep a model in {str(folder)!r}: {cause(error)}") from error
    for name, _ in names:
        if not _NAME.fullmatch(name) or name.lower().endswith(_CODE):
            raise StoreError(
                f"a model cannot be kept with a file named {name!r}: data alone, named by letters and digits"
            )
    return whole


def place_of(run: Path, label: str, seed: int, key: str) -> Path:
    """Where a run keeps the model of a trial; what a file name may not hold becomes an underscore."""
    safe = re.sub(r"[^\w.+-]+", "_", label, flags=re.ASCII).strip("_.")[:80] or "model"
    return run / "models" / f"{safe}-s{seed}-{key}"


def is_kept(folder: Path) -> bool:
    """Whether a folder holds a whole model, without reading it."""
    return (folder / RECORD).is_file()


def read_record(folder: Path) -> ModelRecord:
    """Record in model.json, its files not looked at. Raises `StoreError` if there is none, or not of this version."""
    if not is_kept(folder):
        way_out = "'seqbench run --keep best' and 'seqbench train' make one"
        if folder.suffix == ".onnx":
            way_out = "a file of 'seqbench export' is read by seqbench.load_onnx, and by 'seqbench tag'"
        raise StoreError(f"{str(folder)!r} is no model: it has no {RECORD}; {way_out}")
    try:
        return _parsed(folder / RECORD)
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(f"model {str(folder)!r} cannot be read: {cause(error)}; {_ANEW}") from error


def _parsed(path: Path) -> ModelRecord:
    """The record that a file holds. Raises `ValueError` if it holds none that this version knows."""
    if path.stat().st_size > _LARGEST_RECORD:
        raise ValueError(f"{RECORD} has more than {_LARGEST_RECORD:,} bytes")
    content = msgspec.json.decode(content_of(str(path)))
    number = content.get("format") if isinstance(content, dict) else None
    if isinstance(number, int) and number > FORMAT:
        raise ValueError(f"it was kept by a newer seqbench ({content.get('seqbench')!r}); update this one")
    return msgspec.convert(content, ModelRecord)


def read_model(folder: Path) -> ModelRecord:
    """The record of a model whose files are all there and as they were written.

    Raises `StoreError` if a file is missing, changed, not listed, or no plain file of this folder.
    """
    record = read_record(folder)
    try:
        _check(folder, record)
    except (OSError, ValueError) as error:
        raise StoreError(f"model {str(folder)!r} is damaged: {cause(error)}; {_ANEW}") from error
    return record


def _check(folder: Path, record: ModelRecord) -> None:
    listed = {file.name: file for file in record.files}
    if len(listed) < len(record.files) or not listed:
        raise ValueError(f"{RECORD} lists no file, or one twice")
    for name in listed:
        if not _NAME.fullmatch(name) or name.lower().endswith(_CODE):
            raise ValueError(f"{RECORD} lists {name!r}, which is no file of a model")
    sizes = dict(_files(folder))
    for name in sorted(sizes.keys() ^ listed.keys()):
        raise ValueError(f"{name!r} is not there" if name in listed else f"{name!r} is not listed in {RECORD}")
    for name, file in listed.items():
        if sizes[name] != file.bytes or _sha256(folder / name) != file.sha256:
            raise ValueError(f"{name!r} is not the file that {RECORD} was written with")


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """The files of a model by their paths from its folder, with their sizes.

    Raises `ValueError` for links, devices, pipes, and for more files than a model has.
    """
    paths = (path for part in (LEARNED, VOCABULARY) for path in _below(folder / part))
    for number, path in enumerate(paths, start=1):
        about = path.lstat()
        if number > _MOST_FILES:
            raise ValueError(f"it has more than {_MOST_FILES:,} files")
        if stat.S_ISREG(about.st_mode):
            yield path.relative_to(folder).as_posix(), about.st_size
        elif not stat.S_ISDIR(about.st_mode):
            raise ValueError(f"{str(path.relative_to(folder))!r} is no plain file")


def _below(folder: Path) -> Iterator[Path]:
    """The folder itself, and all that lies below it."""
    yield folder
    for parent, folders, names in os.walk(folder, onerror=_raised):
        yield from (Path(parent, name) for name in (*folders, *names))


def _raised(error: OSError) -> None:
    raise error


def _sha256(path: Path) -> str:
    """The SHA-256 of a file, read in parts."""
    digest = hashlib.sha256()
    with opened(path) as file:
        while part := file.read(_AT_ONCE):
            digest.update(part)
    return digest.hexdigest()
