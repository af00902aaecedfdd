"""What `--data` names becomes a dataset: a registered name, a file, or a folder with train, dev and test.

It knows no format: files are read by the reader whose suffix they have. A missing test is cut from train, then a
missing dev from the rest, and the dataset's notes say so.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import numpy as np

from seqbench.corpus import Corpus, Dataset
from seqbench.entries import Entry
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry import Registry

_OPTIONS = ("tags", "features", "reader")
_SPLITS = {
    "train": frozenset({"train", "training"}),
    "dev": frozenset({"dev", "devel", "valid", "validation", "val", "testa"}),
    "test": frozenset({"test", "testb"}),
}


@dataclass(frozen=True)
class Source:
    """A `--data` argument, taken apart: the name or path before `?`, and the options behind it."""

    place: str
    options: Mapping[str, str]


def load(text: str, registry: Registry) -> Dataset:
    """The dataset that a `--data` argument names. An existing path wins over a name only if it contains a slash."""
    source = _parsed(text)
    path = Path(source.place)
    if source.place in registry.datasets and not ("/" in source.place and path.exists()):
        return _registered(source, registry.datasets[source.place])
    if not path.exists():
        near = unknown("dataset or path", source.place, registry.datasets)
        raise UsageError(f"{near} A path is a file, or a folder with train, dev and test files.")
    return _noted(_from_path(path, source, registry))


def _parsed(text: str) -> Source:
    place, mark, query = text.partition("?")
    if Path(text).exists() or not mark:
        return Source(text, {})
    return Source(place, dict(parse_qsl(query, keep_blank_values=True)))


def _registered(source: Source, entry: Entry) -> Dataset:
    make = entry.load()
    known = inspect.signature(make).parameters
    for option in source.options:
        if option not in known:
            raise unknown(f"option of dataset {entry.name}", option, known, listed="Options")
    dataset = make(**source.options)
    if not isinstance(dataset, Dataset):
        raise DataError(f"dataset {entry.name!r} of plugin {entry.plugin} gave no seqbench.Dataset")
    return dataset


def _from_path(path: Path, source: Source, registry: Registry) -> Dataset:
    for option in source.options:
        if option not in _OPTIONS:
            raise unknown("option of a path", option, _OPTIONS, listed="Options")
    files = _files(path, registry, source) if path.is_dir() else {"train": path}
    splits = {name: _read(file, source, registry) for name, file in files.items()}
    _check_layers(splits)
    splits, notes = _cut(path, splits)
    query = f"?{urlencode(source.options)}" if source.options else ""
    name = path.resolve().name if path.is_dir() else re.sub(r"(\.\w+)?(\.gz)?$", "", path.name)
    return Dataset.of(
        name,
        train=splits["train"],
        test=splits["test"],
        dev=splits["dev"],
        notes=tuple(notes),
        source=f"{path.resolve()}{query}",
    )


def _files(folder: Path, registry: Registry, source: Source) -> dict[str, Path]:
    """The file of each split, told by its name; two for one split or none for train is an error."""
    found: dict[str, list[Path]] = {}
    for file in sorted(folder.iterdir()):
        readable = "reader" in source.options or _reader_of(file, registry) is not None
        words = set(re.split(r"[^a-z0-9]+", file.name.casefold()))
        for split, names in _SPLITS.items():
            if readable and file.is_file() and words & names:
                found.setdefault(split, []).append(file)
    for split, files in found.items():
        if len(files) > 1:
            named = " and ".join(repr(file.name) for file in files[:2])
            raise DataError(f"{folder}: {named} could both be {split}; leave one file for each split")
    if "train" not in found:
        there = ", ".join(sorted(file.name for file in folder.iterdir())[:8]) or "nothing"
        raise DataError(f"{folder}: has no train file (such as train.conllu or train.txt); found: {there}")
    return {split: files[0] for split, files in found.items()}


def _reader_of(file: Path, registry: Registry) -> Entry | None:
    suffix = Path(file.name.removesuffix(".gz")).suffix.casefold()
    return next((entry for entry in registry.readers.values() if suffix in entry.suffixes), None)


def _read(file: Path, source: Source, registry: Registry) -> Corpus:
    name = source.options.get("reader")
    if name is not None and name not in registry.readers:
        raise unknown("reader", name, registry.readers)
    entry = registry.readers[name] if name else _reader_of(file, registry)
    if entry is None:
        known = ", ".join(suffix for entry in registry.readers.values() for suffix in entry.suffixes)
        raise UsageError(f"no reader is known for {str(file)!r} (known: {known}); name one with ?reader=NAME")
    features = tuple(part for part in source.options.get("features", "").split(",") if part)
    corpus = entry.load()(file, tags=source.options.get("tags"), features=features)
    if not isinstance(corpus, Corpus) or not corpus.tokens:
        raise DataError(f"{file}: holds no sentence")
    return corpus


def _check_layers(splits: Mapping[str, Corpus]) -> None:
    for split, corpus in splits.items():
        if set(corpus.sentences.layers) != set(splits["train"].sentences.layers):
            raise DataError(f"{split} has other feature columns than train")


def _cut(path: Path, given: Mapping[str, Corpus]) -> tuple[dict[str, Corpus], list[str]]:
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


def _noted(dataset: Dataset) -> Dataset:
    """The dataset with a note for each tag that train never shows."""
    splits = {"dev": dataset.dev, "test": dataset.test}
    notes = [note for split, corpus in splits.items() if corpus for note in _unseen(dataset, split, corpus)]
    return replace(dataset, notes=(*dataset.notes, *notes))


def _unseen(dataset: Dataset, split: str, corpus: Corpus) -> Iterator[str]:
    learned = len(dataset.train.tags.vocabulary)
    counts = np.bincount(corpus.tags.ids, minlength=len(corpus.tags.vocabulary))[learned:]
    for tag, count in zip(corpus.tags.vocabulary[learned:], counts.tolist(), strict=True):
        if count:
            yield f"tag {tag!r} is in {split} ({count} tokens) but not in train: these tokens always count as wrong"
