"""Train, dev and test of a folder, recognised by the names of files; a missing split is cut from train.

A missing test is cut first, then a missing dev from the rest, and notes say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from seqbench.data.corpus import Corpus
from seqbench.data.packed_files import PACKED_WAYS, plain_name
from seqbench.data.plausibility import no_sentence_ends
from seqbench.data.split_names import SPLIT_NAMES, by_split_of
from seqbench.errors import DataError

CUT = "there is no"
"""Beginning of a note on a split that was cut from train."""
_NO_DATA = re.compile(
    r"readme|licen[cs]e|copying|citation|change(log|s)|contributing|requirements|notice|authors"
    r"|^(dataset_infos?|dataset_dict|state)\.json$",
    re.IGNORECASE,
)


_SHARD = re.compile(r"-\d{5}-of-\d{5}\b")
"""Part of a name: the file is one of several that are a split together."""
_PACKED = re.compile(r"\.(zst|zstd|lzma|lz4|7z|rar|tar|tgz|tbz2?|txz|z|br)$", re.IGNORECASE)
_SAVED = re.compile(r"data-\d{5}-of-\d{5}\.arrow")
"""A file of `datasets.Dataset.save_to_disk`, which names no split."""
_OF_HUBS = frozenset({"data", "snapshots"})
_NAMED = 8  # files that a sentence names
_SMALLEST = 2  # one sentence cannot be in both parts of a cut


@dataclass(frozen=True)
class SplitFiles:
    """Files of each split by its name, in the order in which they are read, and notes on what was not used."""

    files: Mapping[str, tuple[Path, ...]]
    notes: tuple[str, ...] = ()


def suffix_of(file: Path) -> str:
    """Suffix that tells a file's format, in small letters: the last one before `.gz`, `.bz2`, `.xz` or `.zip`."""
    return Path(plain_name(file.name)).suffix.casefold()


def split_files(folder: Path, suffixes: Sequence[str], *, strict: bool, needed: str = "train") -> SplitFiles:
    """Files of each split: one beside the other, or all that lie in the folders `train`, `dev` and `test`.

    Only files of these suffixes count, unless none of them is the `needed` split and `strict` is false. Raises
    `DataError` if two files could be one split, or none is the needed one.
    """
    files = _listed(folder)
    fitting = [file for file in files if suffix_of(file) in suffixes]
    by_split = by_split_of(fitting)
    if needed not in by_split and not strict:
        by_split = by_split_of(files)
    for split, candidates in by_split.items():
        if len(candidates) > 1 and not all(_SHARD.search(file.name) for file in candidates):
            named = " and ".join(repr(file.name) for file in candidates[:2])
            way = "leave one file for each split, or name the one format to read with ?reader=NAME"
            raise DataError(f"{folder}: {named} could both be {split}; {way}")
    if needed not in by_split:
        by_split = _of_folders(folder, suffixes) or by_split
    if needed not in by_split and (saved := _saved(fitting)):
        by_split = {needed: saved}
    if needed not in by_split and (inside := _inside(folder, suffixes, strict=strict, needed=needed)):
        return inside
    if needed not in by_split:
        raise _without(needed, folder, files, suffixes)
    used = {split: tuple(by_split[split]) for split in SPLIT_NAMES if split in by_split}
    return SplitFiles(used, tuple(_unused(files, used, suffixes)))


def _saved(files: Iterable[Path]) -> list[Path]:
    """Files of a data set without splits, as `save_to_disk` writes them; none if other data lies beside them."""
    listed = [file for file in files if not _NO_DATA.search(file.name)]
    return listed if all(_SAVED.fullmatch(file.name) for file in listed) else []


def _inside(folder: Path, suffixes: Sequence[str], *, strict: bool, needed: str) -> SplitFiles | None:
    """Files of the one folder inside that has the needed split, as hubs keep them (`data/`, `snapshots/ID/`), or None.

    Raises `DataError` if several have it.
    """
    folders = _folders(folder)
    listed: dict[Path, SplitFiles] = {}
    for inner in folders:
        goes_deeper = len(folders) == 1 or inner.name in _OF_HUBS
        if goes_deeper or needed in by_split_of(_listed(inner)) or needed in by_split_of(_folders(inner)):
            with suppress(DataError):
                listed[inner] = split_files(inner, suffixes, strict=strict, needed=needed)
    if len(listed) > 1:
        named = ", ".join(repr(inner.name) for inner in list(listed)[:_NAMED])
        raise DataError(f"{folder}: {len(listed)} folders inside have a {needed} file ({named}); name one of them")
    for inner, files in listed.items():
        return SplitFiles(files.files, (f"the files are those of its folder {inner.name!r}", *files.notes))
    return None


def _listed(folder: Path) -> list[Path]:
    """Files of a folder by name, without hidden ones. Raises `DataError` if one of a split is a link to nothing."""
    try:
        listed = sorted(file for file in folder.iterdir() if not file.name.startswith("."))
    except OSError as error:
        raise DataError(f"{folder}: cannot be read: {error.strerror or error}") from error
    for file in (file for files in by_split_of(listed).values() for file in files):
        if file.is_symlink() and not file.exists():
            raise DataError(f"{folder}: {file.name!r} is a link to a file that is not there; fetch it, or remove it")
    return [file for file in listed if file.is_file()]


def _of_folders(folder: Path, suffixes: Sequence[str]) -> dict[str, list[Path]]:
    """Files of the folders that are called like splits."""
    by_split: dict[str, list[Path]] = {}
    for split, inner in by_split_of(_folders(folder)).items():
        files = [file for part in inner for file in _listed(part) if not _NO_DATA.search(file.name)]
        fitting = [file for file in files if suffix_of(file) in suffixes]
        if fitting:
            by_split[split] = fitting
    return by_split


def _without(needed: str, folder: Path, files: Sequence[Path], suffixes: Sequence[str]) -> DataError:
    for file in by_split_of(files).get(needed, ()):
        known = ", ".join(suffixes)
        if _PACKED.search(plain_name(file.name)):
            return DataError(
                f"{folder}: {file.name!r} is packed in a way that is not read; unpack it ({PACKED_WAYS} are)"
            )
        return DataError(
            f"{folder}: no reader is known for {file.name!r} (known: {known}); name the one to use with ?reader=NAME"
        )
    listed = ", ".join(file.name for file in files[:_NAMED]) or "nothing"
    return DataError(f"{folder}: has no {needed} file (such as {needed}.conllu or {needed}.txt); found: {listed}")


def _folders(folder: Path) -> list[Path]:
    return sorted(inner for inner in folder.iterdir() if inner.is_dir() and not inner.name.startswith("."))


def _unused(files: Sequence[Path], used: Mapping[str, Sequence[Path]], suffixes: Sequence[str]) -> Iterator[str]:
    """Note on files that look like data, and are no part of the dataset."""
    taken = {file for listed in used.values() for file in listed}
    of_a_split = {file for listed in by_split_of(files).values() for file in listed}
    rest = [file for file in files if file not in taken and not _NO_DATA.search(file.name)]
    left = [file.name for file in rest if file in of_a_split or suffix_of(file) in suffixes]
    if left:
        yield f"not used: {', '.join(left[:_NAMED])}{' and more' * (len(left) > _NAMED)}"


def with_all_splits(
    name: str | Path, known: Mapping[str, Corpus], parts: Sequence[str] = ("test", "dev")
) -> tuple[dict[str, Corpus], list[str]]:
    """Train and the splits that are wanted, with notes: test, then dev, are cut from the end of train if missing.

    Raises `DataError` if train is too small to be cut.
    """
    splits, notes = dict(known), []
    for missing in (split for split in parts if split not in known):
        train = splits["train"]
        if len(train) < _SMALLEST:
            why = f": {doubt}" if (doubt := no_sentence_ends(known["train"], _SMALLEST)) else ""
            raise DataError(f"{name}: has too few sentences ({len(train)} left) to cut {missing} from train{why}")
        size = max(1, len(train) // 10)
        splits["train"], splits[missing] = train.part(0, len(train) - size), train.part(len(train) - size, len(train))
        notes.append(f"{CUT} {missing} file: the last {size:,} of {len(train):,} train sentences are {missing}")
    return splits, notes
