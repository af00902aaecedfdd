"""Train, dev and test of a folder, recognised by the names of files; a missing split is cut from train.

A missing test is cut first, then a missing dev from the rest, and notes say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from seqbench.data.corpus import Corpus
from seqbench.data.dataset import Dataset
from seqbench.errors import DataError

_NAMES = {
    "train": frozenset({"train", "training"}),
    "dev": frozenset({"dev", "devel", "valid", "validation", "val", "testa"}),
    "test": frozenset({"test", "testb"}),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Splits:
    """Splits of a corpus, some of which may lack: without train, it can only test what was learned elsewhere.

    `notes` are sentences that a user must read beside the scores.
    """

    name: str
    train: Corpus | None = None
    dev: Corpus | None = None
    test: Corpus | None = None
    ceiling: float | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, dataset: Dataset) -> Splits:
        """Splits of a dataset."""
        return cls(
            name=dataset.name,
            train=dataset.train,
            dev=dataset.dev,
            test=dataset.test,
            ceiling=dataset.ceiling,
            notes=dataset.notes,
        )

    def existing(self) -> dict[str, Corpus]:
        """Splits that are there, by name."""
        splits = {"train": self.train, "dev": self.dev, "test": self.test}
        return {name: corpus for name, corpus in splits.items() if corpus is not None}


def suffix_of(file: Path) -> str:
    """Suffix that tells a file's format: the last one before `.gz`, in small letters."""
    return Path(file.name.removesuffix(".gz")).suffix.casefold()


def split_files(folder: Path, suffixes: Sequence[str], *, strict: bool, needed: str = "train") -> dict[str, Path]:
    """File of each split. Raises `DataError` if two files could be one split, or none is the split that is needed.

    Only files of these suffixes count, unless none of them is the needed split and `strict` is false.
    """
    files = _listed(folder)
    by_split = _by_split(file for file in files if suffix_of(file) in suffixes)
    if needed not in by_split and not strict:
        by_split = _by_split(files)
    for split, candidates in by_split.items():
        if len(candidates) > 1:
            named = " and ".join(repr(file.name) for file in candidates[:2])
            way = "leave one file for each split, or name the one format to read with ?reader=NAME"
            raise DataError(f"{folder}: {named} could both be {split}; {way}")
    if needed not in by_split:
        listed = ", ".join(file.name for file in files[:8]) or "nothing"
        raise DataError(f"{folder}: has no {needed} file (such as {needed}.conllu or {needed}.txt); found: {listed}")
    return {split: by_split[split][0] for split in _NAMES if split in by_split}


def _listed(folder: Path) -> list[Path]:
    """Files of a folder by name, without hidden ones."""
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    except OSError as error:
        raise DataError(f"{folder}: cannot be read: {error.strerror or error}") from error


def _by_split(files: Iterable[Path]) -> dict[str, list[Path]]:
    by_split: dict[str, list[Path]] = {}
    for file in files:
        words = set(re.split(r"[^a-z0-9]+", file.name.casefold()))
        for split, names in _NAMES.items():
            if words & names:
                by_split.setdefault(split, []).append(file)
    return by_split


def with_all_splits(
    name: str | Path, known: Mapping[str, Corpus], wanted: Sequence[str] = ("test", "dev")
) -> tuple[dict[str, Corpus], list[str]]:
    """Train and the splits that are wanted, with notes: test, then dev, are cut from the end of train if missing.

    Raises `DataError` if train is too small to be cut.
    """
    splits, notes = dict(known), []
    for missing in (split for split in wanted if split not in known):
        train = splits["train"]
        if len(train) < 2:  # noqa: PLR2004 -- one sentence cannot be both
            raise DataError(f"{name}: has too few sentences ({len(train)} left) to cut {missing} from train")
        size = max(1, len(train) // 10)
        splits["train"], splits[missing] = train.part(0, len(train) - size), train.part(len(train) - size, len(train))
        notes.append(f"there is no {missing} file: the last {size:,} of {len(train):,} train sentences are {missing}")
    return splits, notes
