"""Train, dev and test of a folder, told by the names of its files; a missing one is cut from train.

A missing test is cut first, then a missing dev from the rest, and notes say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from seqbench.data.corpus import Corpus
from seqbench.errors import DataError

_NAMES = {
    "train": frozenset({"train", "training"}),
    "dev": frozenset({"dev", "devel", "valid", "validation", "val", "testa"}),
    "test": frozenset({"test", "testb"}),
}


def suffix_of(file: Path) -> str:
    """What tells a file's format: its last suffix before `.gz`, in small letters."""
    return Path(file.name.removesuffix(".gz")).suffix.casefold()


def split_files(folder: Path, suffixes: Sequence[str], *, strict: bool) -> dict[str, Path]:
    """The file of each split; two for one split, or none for train, is a `DataError`.

    Only files of these suffixes count, unless they hold no train and `strict` is false.
    """
    files = _listed(folder)
    found = _by_split(file for file in files if suffix_of(file) in suffixes)
    if "train" not in found and not strict:
        found = _by_split(files)
    for split, those in found.items():
        if len(those) > 1:
            named = " and ".join(repr(file.name) for file in those[:2])
            way = "leave one file for each split, or name the one format to read with ?reader=NAME"
            raise DataError(f"{folder}: {named} could both be {split}; {way}")
    if "train" not in found:
        there = ", ".join(file.name for file in files[:8]) or "nothing"
        raise DataError(f"{folder}: has no train file (such as train.conllu or train.txt); found: {there}")
    return {split: found[split][0] for split in _NAMES if split in found}


def _listed(folder: Path) -> list[Path]:
    """The files of a folder by name, without hidden ones."""
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    except OSError as error:
        raise DataError(f"{folder}: cannot be read: {error.strerror or error}") from error


def _by_split(files: Iterable[Path]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for file in files:
        words = set(re.split(r"[^a-z0-9]+", file.name.casefold()))
        for split, names in _NAMES.items():
            if words & names:
                found.setdefault(split, []).append(file)
    return found


def with_all_splits(path: Path, given: Mapping[str, Corpus]) -> tuple[dict[str, Corpus], list[str]]:
    """All three splits; test, then dev, are cut from the end of train where they are missing."""
    splits, notes = dict(given), []
    for missing in (split for split in ("test", "dev") if split not in given):
        train = splits["train"]
        if len(train) < 2:  # noqa: PLR2004 -- one sentence cannot be both
            raise DataError(f"{path}: has too few sentences ({len(train)} left) to cut {missing} from train")
        size = max(1, len(train) // 10)
        splits["train"], splits[missing] = train.part(0, len(train) - size), train.part(len(train) - size, len(train))
        notes.append(f"there is no {missing} file: the last {size:,} of {len(train):,} train sentences are {missing}")
    return splits, notes
