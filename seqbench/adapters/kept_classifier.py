"""A fitted classifier on disk, in the format of skops: no pickle, and only types that are known to be harmless.

skops lists the types of a file that it does not trust; a file with such a type is refused, unless the tagger's class
names the type in `trusted`. That list is never made longer by what a file says.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from seqbench.adapters.estimator_protocols import Estimator
from seqbench.adapters.feature_table import FeatureTable, Vectorizer
from seqbench.contracts.learned_files import read_learned, write_learned
from seqbench.data.packed_files import ALWAYS, TIMES
from seqbench.data.vocabularies import Vocabularies
from seqbench.errors import StoreError, UsageError

if TYPE_CHECKING:
    from types import ModuleType

CLASSIFIER, VECTORIZER = "classifier.skops", "vectorizer.skops"
_FIRST, _END, _END_BYTES = b"PK\x03\x04", b"PK\x05\x06", 22  # of a zip archive without a comment


@dataclass(frozen=True, eq=False)
class KeptTable:
    """Values kept beside a classifier; `dense` is None where it reads the features themselves."""

    vocabularies: Vocabularies
    dense: bool | None


def write_classifier(folder: Path, kept: KeptTable, classifier: Estimator, table: FeatureTable | None) -> None:
    """Write a fitted classifier and its table into an existing folder. Raises `UsageError` if skops is missing."""
    io = _skops()
    write_learned(folder, kept)
    try:
        io.dump(classifier, folder / CLASSIFIER)
        if table is not None:
            io.dump(table.vectorizer, folder / VECTORIZER)
    except (TypeError, ValueError, NotImplementedError) as error:
        raise UsageError(f"{type(classifier).__name__} cannot be kept: {error}") from error


def read_classifier(folder: Path, trusted: Sequence[str]) -> tuple[KeptTable, Estimator, FeatureTable | None]:
    """Classifier with its tables. Raises `StoreError` if a type is neither trusted by skops nor in `trusted`."""
    kept = read_learned(folder, KeptTable)
    classifier = cast("Estimator", _read(folder / CLASSIFIER, trusted))
    if kept.dense is None:
        return kept, classifier, None
    return kept, classifier, FeatureTable(cast("Vectorizer", _read(folder / VECTORIZER, trusted)), kept.dense)


def _read(file: Path, trusted: Sequence[str]) -> object:
    io = _skops()
    try:
        _check_archive(file)
        unknown = sorted(set(io.get_untrusted_types(file=file)) - set(trusted))
    except Exception as error:  # skops raises what zipfile, json and its own readers do
        raise StoreError(f"{file.name!r} cannot be read: {error}") from error
    if unknown:
        raise StoreError(
            f"{file.name!r} holds types that are not trusted: {', '.join(unknown)}; if you know them, name them in "
            "`trusted` of the tagger's class"
        )
    try:
        return io.load(file, trusted=list(trusted))
    except Exception as error:
        raise StoreError(f"{file.name!r} cannot be read: {error}") from error


def _check_archive(file: Path) -> None:
    """Raises `ValueError` for an archive that skops does not write: one with other bytes around it, or that unpacks.

    skops packs nothing but sparse tables, so that what is read is never much larger than the file.
    """
    with file.open("rb") as opened:
        first, size = opened.read(len(_FIRST)), opened.seek(0, os.SEEK_END)
        opened.seek(max(0, size - _END_BYTES))
        if first != _FIRST or not opened.read().startswith(_END):
            raise ValueError("it is no whole archive of skops, or more than one")
    with zipfile.ZipFile(file) as archive:
        if any(member.compress_type != zipfile.ZIP_STORED for member in archive.infolist()):
            raise ValueError("it is packed, which no file of skops is")
        unpacked = 0
        for member in (member for member in archive.infolist() if member.filename.endswith(".npz")):
            with archive.open(member) as content, zipfile.ZipFile(content) as table:
                unpacked += sum(part.file_size for part in table.infolist())
    if unpacked > max(ALWAYS, TIMES * size):
        raise ValueError(f"its tables unpack to {unpacked:,} bytes")


def _skops() -> ModuleType:
    """The module `skops.io`. Raises `UsageError` if it is not installed."""
    try:
        import skops.io
    except ImportError as error:
        raise UsageError("to keep a classifier of scikit-learn takes skops: pip install 'seqbench[skops]'") from error
    module: ModuleType = skops.io
    return module
