"""Splits that the names of files tell: a word such as `train`, `dev` or `testb`, between signs or behind a digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

SPLIT_NAMES = {
    "train": frozenset({"train", "training"}),
    "dev": frozenset({"dev", "devel", "development", "valid", "validation", "val", "testa"}),
    "test": frozenset({"test", "testing", "testb"}),
}
_EITHER = frozenset({"eval", "evaluation"})
"""Words for dev or for test, whichever has no file of its own; test where neither has."""
_BEHIND_DIGIT = re.compile(r"(?<=\d)([a-z]+)(?![a-z0-9])")
"""Word of a name that begins behind a digit, as in `wnut17train.conll`; it counts where no name has the word apart."""


def by_split_of(files: Iterable[Path]) -> dict[str, list[Path]]:
    """Files, or folders, of each split that their names tell, in their order."""
    listed = list(files)
    by_split = _named_like(listed, {file: _words_of(file.name) for file in listed})
    behind_digits = {file: {match[1] for match in _BEHIND_DIGIT.finditer(file.name.casefold())} for file in listed}
    by_split = {**_named_like(listed, behind_digits), **by_split}
    either = [
        file
        for file in listed
        if _words_of(file.name) & _EITHER and not any(file in taken for taken in by_split.values())
    ]
    if either and ("dev" not in by_split or "test" not in by_split):
        by_split["dev" if "test" in by_split else "test"] = either
    return by_split


def _named_like(files: Iterable[Path], words: Mapping[Path, set[str]]) -> dict[str, list[Path]]:
    by_split: dict[str, list[Path]] = {}
    for file in files:
        for split in (split for split, names in SPLIT_NAMES.items() if words[file] & names):
            by_split.setdefault(split, []).append(file)
    return by_split


def _words_of(name: str) -> set[str]:
    return set(re.split(r"[^a-z0-9]+", name.casefold()))
